/** The operator is killed before each of its effects while operations on a machine are carried out: each once at most. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { virtualMachineKind, virtualMachineOperationKind } from '#api/v1alpha1/index.ts';
import { apply, condition, get, namespace, operate, rig, small } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { type Road, tell, walk } from '../support/roads.ts';

const operator = aloneInTheWorld();
/** Its own in each run: a console's log outlives its machine, and boots are counted there. */
const name = `operated-${randomUUID().slice(0, 8)}`;
const machine = () => get(virtualMachineKind, name);

/** How often the guest has booted: each boot prints one such line. */
const boots = async (): Promise<number> =>
  (await rig.console(namespace, name)).split('\n').filter((text) => text.startsWith('boots ')).length;

/** The guest has booted and gives signs of life now. */
async function lives(): Promise<void> {
  const beats = async (): Promise<number> =>
    (await rig.console(namespace, name)).split('\n').filter((text) => text.startsWith('heartbeat ')).length;
  const before = await beats();
  await waitFor('the guest to give signs of life', async () => (await beats()) >= before + 2, { timeoutMs: 120_000 });
}

/** What each operation adds to the machine's runs; its guest then boots, unless it goes on from what was saved. */
function road(
  type: string,
  runs: number,
  power: 'Running' | 'Paused' | 'Off',
  over: object = {},
  begins: 'anew' | 'as saved' = 'anew',
): Road {
  const fresh = begins === 'anew' ? runs : 0;
  let operation = '';
  let before = { runs: 0, boots: 0 };
  return {
    name: begins === 'anew' ? type : `${type} ${begins}`,
    act: async () => {
      const isKnown = (await machine())?.status?.host !== undefined;
      before = { runs: (await machine())?.status?.run?.generation ?? 0, boots: isKnown ? await boots() : 0 };
      operation = await operate(name, type, over);
    },
    hasArrived: async () => {
      const { status } = (await get(virtualMachineOperationKind, operation)) ?? {};
      return status?.phase === 'Succeeded' || status?.phase === 'Failed';
    },
    verify: async () => {
      const { status } = (await get(virtualMachineOperationKind, operation)) ?? {};
      // Whether the reset button was pressed cannot be found out afterwards: it is said, and not pressed again.
      const unknown = type === 'Reset' && status?.reason === 'OutcomeUnknown';
      if (!unknown) expect(status, type).toMatchObject({ phase: 'Succeeded' });
      const vm = await machine();
      expect((vm?.status?.run?.generation ?? 0) - before.runs, `runs that ${type} began`).toBe(runs);
      if (vm) expect(condition(vm, 'Running')?.status).toBe(power === 'Running' ? 'True' : 'False');
      if (vm) expect(condition(vm, 'Paused')?.status === 'True').toBe(power === 'Paused');
      if (fresh > 0 || (type === 'Reset' && !unknown))
        await waitFor('the guest to boot', async () => (await boots()) > before.boots, { timeoutMs: 60_000 });
      expect((await boots()) - before.boots, `boots after ${type}`).toBeLessThanOrEqual(type === 'Reset' ? 1 : fresh);
      // A guest that boots when it is paused would go on booting when it is resumed: a boot too many there.
      if (power === 'Running') await lives();
    },
  };
}

const roads: Road[] = [
  road('Start', 1, 'Running'),
  road('Reset', 0, 'Running'),
  road('Pause', 0, 'Paused'),
  road('Resume', 0, 'Running'),
  road('Save', 0, 'Off'),
  road('Start', 1, 'Running', {}, 'as saved'),
  road('Restart', 1, 'Running', { force: true }),
  road('Stop', 0, 'Off', { force: true }),
];

fault(
  'crash points',
  'the operator is killed while a machine is started, reset, paused, resumed, saved, restarted and stopped by operations',
  async (story) => {
    await apply(virtualMachineKind, name, small({ runStrategy: 'Manual', interfaces: [] }));
    story.note(tell(await walk(operator, roads)));
  },
  { timeoutMs: 2_400_000 },
);
