/** The operator's own clock is wrong by an hour, either way, and jumps: what it does and says stays right. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, clearWorld, operate, prepareWorld, ready, rig, until, word } from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { blank, hostReady, labelHosts, machinesOn, on, removeMachines, starts } from '../support/hosts.ts';
import { cannotSkew, type Skew, withSkewedClock } from '../support/skewed-operator.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

const LARGEST_ERROR_MS = 120_000;

/** Every time in the machine's status is of this hour. */
function expectTrueTimes(vm: VirtualMachine): void {
  const now = Date.now();
  for (const { type, lastTransitionTime } of vm.status?.conditions ?? []) {
    const error = Math.abs(Date.parse(lastTransitionTime) - now);
    expect(error, `${vm.metadata.name} ${type} since ${lastTransitionTime}`).toBeLessThan(LARGEST_ERROR_MS);
  }
}

const skews: readonly [string, Skew, string, string][] = [
  ['an hour ahead', '+3600', 'h1', 'h3'],
  ['an hour behind', '-3600', 'h3', 'h1'],
];

for (const [words, skew, away, stays] of skews) {
  fault(
    'hosts',
    `the operator's clock is ${words}`,
    async (story) => {
      const [before] = await machinesOn(stays, ['old']);
      await machinesOn(away, ['lost']);
      await withSkewedClock(skew, async () => {
        await hostReady(stays, 120_000);
        await hostReady(away, 120_000);
        await rig.fault(away, 'cut');
        try {
          await word('lost', 'Unknown', 120_000);
          // A machine made now is younger than what was last seen of the lost host, and need not wait for it.
          const since = performance.now();
          const [young] = await machinesOn(stays, ['young']);
          story.note(`a new machine beside a lost host ran after ${((performance.now() - since) / 1000).toFixed(1)} s`);
          if (young) expectTrueTimes(young);
          // A stop has a deadline, which is a time in status.
          await apply(virtualMachineKind, 'young', blank({ ...on(stays), terminationGracePeriodSeconds: 5 }));
          await operate('young', 'Restart');
          const again = await until(
            virtualMachineKind,
            'young',
            'run again',
            (vm) => starts(vm) === (young ? starts(young) : 0) + 1 && vm.status?.printableStatus === 'Running',
            90_000,
          );
          expectTrueTimes(again);
        } finally {
          await rig.fault(away, 'heal');
        }
        await ready('lost', 90_000);
        await removeMachines(['young', 'lost']);
      });
      const after = await ready('old', 90_000);
      expect(starts(after)).toBe(before ? starts(before) : 0);
      await Promise.all(rig.hosts.map(({ name }) => hostReady(name, 120_000)));
      await removeMachines(['old']);
    },
    { timeoutMs: 540_000, cannot: cannotSkew },
  );
}

fault(
  'hosts',
  "the operator's clock jumps an hour ahead and two hours back while machines are made and stopped",
  async () => {
    await withSkewedClock('+0', async (clock) => {
      const names = ['j-1', 'j-2', 'j-3'];
      await hostReady('h1', 120_000);
      await Promise.all(
        names.map((name) => apply(virtualMachineKind, name, blank({ terminationGracePeriodSeconds: 3 }))),
      );
      clock.set('+3600');
      const made = await Promise.all(names.map((name) => ready(name, 120_000)));
      for (const vm of made) expectTrueTimes(vm);
      await Promise.all(
        names.map((name) =>
          apply(virtualMachineKind, name, blank({ terminationGracePeriodSeconds: 3, runStrategy: 'Halted' })),
        ),
      );
      clock.set('-3600');
      const off = await Promise.all(names.map((name) => word(name, 'Stopped', 90_000)));
      for (const vm of off) expectTrueTimes(vm);
      await removeMachines(names);
    });
  },
  { timeoutMs: 540_000, cannot: cannotSkew },
);
