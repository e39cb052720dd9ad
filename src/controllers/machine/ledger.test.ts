import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Claim, FleetLedger } from './ledger.ts';

const claim = (uid: string, over: Partial<Claim> = {}): Claim => ({
  uid,
  uuid: null,
  createdAt: 0,
  hostUid: 'h',
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

  test('a claim whose write has an unknown outcome counts until the watch shows what came of it', () => {
    const ledger = new FleetLedger();
    const addresses = [{ networkUid: 'n', address: '10.0.0.2' }];
    ledger.take(claim('a', { addresses }));
    ledger.doubt('a');
    expect(ledger.isTaken('n', '10.0.0.2', 'b')).toBe(true);
    ledger.observe(claim('a'));
    expect(ledger.isTaken('n', '10.0.0.2', 'b')).toBe(false);
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
