/** A host is lost in the midst of its drain, and comes back: its machines leave it all the same, each once. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind, virtualMachineMigrationKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  namespace,
  placeOf,
  prepareWorld,
  ready,
  rig,
  root,
  small,
  until,
} from '../../e2e/support/world.ts';
import type { HostAction } from '../../rig/args.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { hostSays, labelHosts, mergeHost, on, removeMachines, starts } from '../support/hosts.ts';

const names = ['leaves', 'follows'] as const;
const machine = (over: object = {}) => small({ disks: [root({ poolName: 'shared' })], ...over });
const maintain = (host: string, mode: 'Drain' | 'None', bandwidth: string | null) =>
  mergeHost(host, { spec: { maintenance: { mode }, migration: { maxOutgoing: 1, bandwidth } } });

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(async () => {
  for (const { name } of rig.hosts) await maintain(name, 'None', null);
  await clearWorld();
});

async function moving(host: string): Promise<void> {
  const query = { namespace, labelSelector: `virtfleet.io/drain=${host}` };
  await waitFor(
    'a machine to be on its way',
    async () => {
      const moves = await client.listAll(virtualMachineMigrationKind, query);
      return moves.some(({ status }) => status?.phase === 'Running' && status.operation?.phase === 'Moving');
    },
    { timeoutMs: 90_000, intervalMs: 200 },
  );
}

const losses: readonly [host: string, what: string, lose: HostAction, bringBack: HostAction, runsOn: boolean][] = [
  ['h1', 'its network is cut (ssh)', 'cut', 'heal', true],
  ['h2', 'its network is cut (tls)', 'cut', 'heal', true],
  ['h3', 'its libvirtd hangs', 'freeze', 'thaw', true],
  ['h2', 'it loses its power', 'poweroff', 'poweron', false],
];

for (const [host, what, lose, bringBack, runsOn] of losses) {
  fault(
    'hosts',
    `a host is being drained, and ${what}`,
    async ({ note }) => {
      // A machine is bound to the host only until it is there.
      await Promise.all(names.map((name) => apply(virtualMachineKind, name, machine(on(host)))));
      const before = await Promise.all(names.map((name) => ready(name, 120_000)));
      expect(before.map((vm) => placeOf(vm).host)).toEqual(names.map(() => host));
      await Promise.all(names.map((name) => apply(virtualMachineKind, name, machine())));
      await maintain(host, 'Drain', '4Mi');
      await moving(host);
      await rig.fault(host, lose);
      try {
        expect(await hostSays(host, 'Drained', 'DrainWaits', 120_000)).toContain('goes on by itself');
      } finally {
        await rig.fault(host, bringBack);
      }
      await maintain(host, 'Drain', null);
      const backAt = Date.now();
      const done = await until(
        hostKind,
        host,
        'be drained',
        (object) => condition(object, 'Drained')?.status === 'True',
        300_000,
      );
      note(`drained ${Math.round((Date.now() - backAt) / 1000)} s after it was back`);
      expect(done.status?.drain).toMatchObject({ left: 0, blocked: 0 });
      for (const [n, name] of names.entries()) {
        const vm = await ready(name, 120_000);
        expect(placeOf(vm).host).not.toBe(host);
        const old = before[n];
        if (runsOn && old) expect(starts(vm), 'it went on running').toBe(starts(old));
      }
      await maintain(host, 'None', null);
      await removeMachines(names);
    },
    { timeoutMs: 900_000 },
  );
}
