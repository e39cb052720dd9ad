import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claim, FleetLedger } from './ledger.ts';

const claim = (uid: string, over: Partial<Claim> = {}): Claim => ({
  uid,
  version: '5',
  uuid: null,
  createdAt: 0,
  hostUid: 'h',
  namespace: 'lab',
  granted: { cpuMilli: over.cpuMilli ?? 1000, memoryBytes: over.memoryBytes ?? 100 },
  cpuMilli: 1000,
  memoryBytes: 100,
  addresses: [],
  macs: [],
  ...over,
});

describe('FleetLedger', () => {
  test('a claim counts before its write, and the watch’s older view does not undo it', () => {
    const ledger = new FleetLedger();
    ledger.take(claim('a', { addresses: [{ networkUid: 'n', address: '10.0.0.2' }] }));
    ledger.observe(claim('a', { hostUid: null }));
    expect(ledger.promisedOn('h')).toEqual({ cpuMilli: 1000, memoryBytes: 100, machines: 1 });
    expect(ledger.isTaken('n', '10.0.0.2', 'b')).toBe(true);
    expect(ledger.isTaken('n', '10.0.0.2', 'a')).toBe(false);
    ledger.settle('a', claim('a', { hostUid: null }));
    expect(ledger.promisedOn('h').machines).toBe(0);
    expect(ledger.isTaken('n', '10.0.0.2', 'b')).toBe(false);
  });

  describe('a claim whose write has an unknown outcome', () => {
    const at = (address: string, over: Partial<Claim> = {}) =>
      claim('a', { addresses: [{ networkUid: 'n', address }], macs: [`mac of ${address}`], ...over });
    const isTaken = (ledger: FleetLedger, address: string, by = 'b'): boolean => ledger.isTaken('n', address, by);
    const doubtful = (): FleetLedger => {
      const ledger = new FleetLedger();
      ledger.take(at('10.0.0.2'));
      ledger.doubt('a');
      return ledger;
    };

    test('counts until the watch shows what came of it', () => {
      const ledger = doubtful();
      expect(isTaken(ledger, '10.0.0.2')).toBe(true);
      expect(isTaken(ledger, '10.0.0.2', 'a'), 'the machine itself may have it again').toBe(false);
      expect(ledger.promisedOn('h').machines).toBe(1);
      ledger.observe(claim('a'));
      expect(isTaken(ledger, '10.0.0.2'), 'the version that it was based on says nothing').toBe(true);
      ledger.observe(claim('a', { version: '6', hostUid: null }));
      expect(isTaken(ledger, '10.0.0.2')).toBe(false);
      expect(ledger.promisedOn('h').machines).toBe(0);
    });

    test('counts on when the next try meets a conflict before the watch has shown what is stored', () => {
      const ledger = doubtful();
      ledger.take(at('10.0.0.3'));
      ledger.settle('a', claim('a', { hostUid: null }));
      expect(isTaken(ledger, '10.0.0.3'), 'what was refused for sure is free').toBe(false);
      expect(isTaken(ledger, '10.0.0.2'), 'it is this that the next try has met').toBe(true);
      ledger.observe(at('10.0.0.2', { version: '6' }));
      expect(isTaken(ledger, '10.0.0.2')).toBe(true);
      expect(ledger.promisedOn('h').machines).toBe(1);
    });

    test('counts together with the next try, should that end without an answer, too', () => {
      const ledger = doubtful();
      ledger.take(at('10.0.0.3'));
      ledger.doubt('a');
      expect(['10.0.0.2', '10.0.0.3'].map((address) => isTaken(ledger, address))).toEqual([true, true]);
      ledger.observe(at('10.0.0.3', { version: '6' }));
      expect(['10.0.0.2', '10.0.0.3'].map((address) => isTaken(ledger, address))).toEqual([false, true]);
    });

    test('is over when the next try was stored, or the machine is gone', () => {
      const ledger = doubtful();
      ledger.take(at('10.0.0.3'));
      ledger.settle('a', at('10.0.0.3', { version: '6' }));
      expect(['10.0.0.2', '10.0.0.3'].map((address) => isTaken(ledger, address))).toEqual([false, true]);
      const other = doubtful();
      other.forget('a');
      expect(isTaken(other, '10.0.0.2')).toBe(false);
    });

    test('is no rival of its own machine, and one of others', () => {
      const ledger = doubtful();
      expect(ledger.rivals('n', '10.0.0.2', 'a')).toEqual([]);
      expect(ledger.macRivals('mac of 10.0.0.2', 'a')).toEqual([]);
      expect(ledger.rivals('n', '10.0.0.2', 'b')).toHaveLength(1);
    });
  });

  test('names rivals for an address, oldest first', () => {
    const ledger = new FleetLedger();
    const addresses = [{ networkUid: 'n', address: '10.0.0.2' }];
    for (const [uid, createdAt] of [
      ['young', 3],
      ['old', 1],
      ['me', 2],
    ] as const)
      ledger.observe(claim(uid, { createdAt, addresses }));
    expect(ledger.rivals('n', '10.0.0.2', 'me').map((c) => c.uid)).toEqual(['old', 'young']);
  });

  test('addresses of tombstones stay taken until the host is swept', () => {
    const ledger = new FleetLedger();
    ledger.observeTombstones('h', ['10.0.0.9']);
    expect(ledger.isTaken('n', '10.0.0.9', 'a')).toBe(true);
    ledger.observeTombstones('h', []);
    expect(ledger.isTaken('n', '10.0.0.9', 'a')).toBe(false);
  });

  test('after any changes it equals a fresh count', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('h1', 'h2', null), fc.nat(9), fc.boolean()),
    );
    fc.assert(
      fc.property(steps, (list) => {
        const ledger = new FleetLedger();
        const model = new Map<string, Claim>();
        for (const [uid, hostUid, cpuMilli, gone] of list) {
          const c = claim(uid, { hostUid, cpuMilli });
          if (gone) {
            ledger.forget(uid);
            model.delete(uid);
          } else {
            ledger.observe(c);
            model.set(uid, c);
          }
        }
        for (const host of ['h1', 'h2']) {
          const on = [...model.values()].filter((c) => c.hostUid === host);
          expect(ledger.promisedOn(host)).toEqual({
            cpuMilli: on.reduce((n, c) => n + c.cpuMilli, 0),
            memoryBytes: 100 * on.length,
            machines: on.length,
          });
        }
      }),
    );
  });
});

describe('a machine that is being moved', () => {
  const arrival = (hostUid: string) => ({ hostUid, machine: { host: hostUid } as never });

  test('is counted among those that come, from before its write until it has come', () => {
    const ledger = new FleetLedger();
    ledger.take(claim('a', { arrival: arrival('h2') }));
    expect([ledger.arrivingAt('h2', 'b'), ledger.arrivingAt('h2', 'a')]).toEqual([1, 0]);
    expect(ledger.promisedOn('h2').machines, 'the host does not count it itself').toBe(0);
    ledger.settle('a', claim('a', { hostUid: 'h2', version: '6' }));
    expect(ledger.arrivingAt('h2', 'b')).toBe(0);
    expect(ledger.promisedOn('h2').machines).toBe(1);
  });

  test('counts when nobody knows whether it was written, and once', () => {
    const ledger = new FleetLedger();
    ledger.take(claim('a', { arrival: arrival('h2') }));
    ledger.doubt('a');
    ledger.take(claim('a', { arrival: arrival('h2') }));
    expect(ledger.arrivingAt('h2', 'b')).toBe(1);
    ledger.settle('a', claim('a', { version: '6' }));
    expect(ledger.arrivingAt('h2', 'b')).toBe(0);
  });
});
