import { describe, expect, test } from 'vitest';
import type { Host } from '#hostpool/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import type { ActContext } from './act-context.ts';
import { judgeMove } from './judge-move.ts';
import { Memories } from './memory.ts';
import { beginSave, explainRestore } from './save.ts';
import { aMachine } from './testing.ts';
import { off } from './testing-plan.ts';

const [RUNNING, SHUTOFF] = [1, 5];

/** A host whose domain is in that state, and whose save ends as is said. */
function saving(state: number, save: () => Promise<void>, has = false) {
  const memory = new Memories().of('x');
  let now = state;
  const host = {
    name: 'h1',
    refreshDomain: async () => ({ state: now }),
    read: async () => has,
    dedicated: async () => {
      await save();
      now = SHUTOFF;
    },
  } as unknown as Host;
  const ctx = { host, right: unrestricted, seen: { memory } } as unknown as ActContext;
  const begun = async () => {
    beginSave(ctx, 'uuid', 'op1');
    expect(memory.save).toEqual({ uid: 'op1', phase: 'Saving' });
    // Every answer of this host is there at once.
    await new Promise((resolve) => setImmediate(resolve));
    return memory.save;
  };
  return { begun, memory, turnsOff: () => (now = SHUTOFF) };
}
const fails = (errorClass: 'Capacity' | 'Transient' | 'Conflict', reason: string) => async () => {
  throw new VirtfleetError(errorClass, reason, 'domain.save on host h1: it failed');
};

describe('a save', () => {
  test('that ends well', async () => {
    expect(await saving(RUNNING, async () => {}).begun()).toEqual({ uid: 'op1', phase: 'Saved' });
  });

  test('of what is off: it was saved before, by whoever died over it', async () => {
    expect(await saving(SHUTOFF, fails('Conflict', 'OperationInvalid'), true).begun()).toMatchObject({
      phase: 'Saved',
    });
  });

  test('of what is off: nobody saved it', async () => {
    const state = await saving(SHUTOFF, fails('Conflict', 'OperationInvalid')).begun();
    expect(state).toMatchObject({ phase: 'Failed', reason: 'NotRunning' });
  });

  test('that cannot be written is told of', async () => {
    const state = await saving(RUNNING, fails('Capacity', 'HostDiskFull')).begun();
    expect(state).toMatchObject({
      phase: 'Failed',
      reason: 'SaveFailed',
      message: expect.stringContaining('it failed'),
    });
  });

  test.each(['OperationTimeout', 'HostNotAnswering'])(
    'that nobody knows the end of (%s) is begun anew',
    async (reason) => {
      expect(await saving(RUNNING, fails('Transient', reason)).begun()).toBeNull();
    },
  );

  test('that another one of ours has ended meanwhile', async () => {
    const one = saving(
      RUNNING,
      async () => {
        one.turnsOff();
        await fails('Conflict', 'OperationInvalid')();
      },
      true,
    );
    expect(await one.begun()).toMatchObject({ phase: 'Saved' });
  });

  test('says nothing of a later operation', async () => {
    const one = saving(RUNNING, async () => {
      one.memory.save = { uid: 'op2', phase: 'Saving' };
    });
    expect(await one.begun()).toEqual({ uid: 'op2', phase: 'Saving' });
  });
});

test('a machine whose memory is saved is not moved away from it', () => {
  const machine = aMachine({}, { run: { generation: 1, saved: true } });
  const asked = { mode: 'Auto', copyStorage: 'IfNeeded' } as const;
  const judged = judgeMove({ machine, migration: asked, domain: off, pools: new Map(), images: new Map() });
  expect(judged).toMatchObject({ kind: 'Refused', message: expect.stringContaining('start it first') });
});

test('a start that cannot go on from what was saved says how that is given up', () => {
  const error = new VirtfleetError('Transient', 'OperationFailed', 'domain.start on host h1: bad magic.', {
    host: 'h1',
  });
  expect(explainRestore('h1', 'uuid', error)).toMatchObject({
    reason: 'OperationFailed',
    message: expect.stringMatching(/bad magic; .*virsh managedsave-remove uuid on host h1/),
  });
  const unknown = new VirtfleetError('OutcomeUnknown', 'OutcomeUnknown', 'no answer');
  expect(explainRestore('h1', 'uuid', unknown)).toBe(unknown);
});
