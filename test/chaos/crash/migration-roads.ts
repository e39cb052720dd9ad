/** Machines that move: live on a shared disk, live with their disk and paused between the hosts, and while they are off. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  API_VERSION,
  type VirtualMachine,
  virtualMachineKind,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import { apply, client, get, namespace, ready, rig, root, small, word } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import type { Road } from '../support/roads.ts';

/** Their own in each run: a console's log outlives its machine, and the heartbeats of both would be one count. */
const own = (kind: string): string => `${kind}-${randomUUID().slice(0, 6)}`;
const [shared, local, resting] = [own('shared'), own('local'), own('resting')];

export async function prepareMovers(): Promise<void> {
  await apply(virtualMachineKind, shared, small({ disks: [root({ poolName: 'shared' })] }));
  await apply(virtualMachineKind, local, small());
  await apply(virtualMachineKind, resting, small());
  for (const name of [shared, local, resting]) await ready(name, 120_000);
  await apply(virtualMachineKind, resting, small({ runStrategy: 'Halted' }));
  await word(resting, 'Stopped');
  for (const name of [shared, local]) await lives(name);
}

/** What the guest has printed, on whichever hosts it was. */
function beatsOf(vm: VirtualMachine): number[] {
  return rig.hosts.flatMap(({ name }) => {
    const file = join(rig.host(name).dir, vm.status?.serial?.logPath ?? '');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return [...text.matchAll(/heartbeat (\d+) \S+\r?\n/g)].map(([, beat]) => Number(beat));
  });
}

async function lives(name: string): Promise<void> {
  const vm = await get(virtualMachineKind, name);
  const before = vm ? beatsOf(vm).length : 0;
  await waitFor(`${name} to give signs of life`, () => vm && beatsOf(vm).length >= before + 2, { timeoutMs: 120_000 });
}

function road(name: string, machineName: string, isRunning: boolean): Road {
  let migration = '';
  let before: VirtualMachine['status'];
  return {
    name,
    act: async () => {
      before = (await get(virtualMachineKind, machineName))?.status;
      migration = own(name);
      await client.create(unrestricted, virtualMachineMigrationKind, {
        apiVersion: API_VERSION,
        kind: 'VirtualMachineMigration',
        metadata: { namespace, name: migration },
        spec: { machineName },
      } as never);
    },
    hasArrived: async () => {
      const { status } = (await get(virtualMachineMigrationKind, migration)) ?? {};
      return ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? '');
    },
    verify: async () => {
      const { status } = (await get(virtualMachineMigrationKind, migration)) ?? {};
      expect(status, `${migration}: ${status?.message}`).toMatchObject({ phase: 'Succeeded', reason: 'Moved' });
      const vm = await get(virtualMachineKind, machineName);
      expect(vm?.status?.migration, 'nothing is recorded of it any more').toBeUndefined();
      expect(vm?.status?.host).toMatchObject({ name: status?.target?.name });
      expect(vm?.status?.host?.name).not.toBe(before?.host?.name);
      expect(vm?.status?.incarnation).toBe((before?.incarnation ?? 0) + 1);
      expect(vm?.status?.run?.generation, 'in the same run').toBe(before?.run?.generation);
      if (!vm || !isRunning) return;
      await lives(machineName);
      const beats = beatsOf(vm).sort((a, b) => a - b);
      expect(beats, 'a second copy would have counted, too').toEqual([...new Set(beats)]);
    },
  };
}

export const migrationRoads: readonly Road[] = [
  road('live', shared, true),
  road('copied', local, true),
  road('off', resting, false),
];
