import { expect, test } from 'vitest';
import type { Host, Tombstone } from '#api/v1alpha1/host.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { unrestricted } from '#platform/right.ts';
import { bury } from './erase.ts';
import type { MachineServices, Seen } from './observe.ts';
import { aMachine } from './testing.ts';

const placed: VirtualMachineStatus = {
  uuid: 'x',
  incarnation: 3,
  host: { name: 'h1', uid: 'u1' },
  volumes: [
    { name: 'root', role: 'Disk', poolName: 'local', volumeName: 'root-1', phase: 'Ready', reclaimPolicy: 'Delete' },
  ],
};
const migration = {
  name: 'm',
  uid: 'm',
  phase: 'Prepared' as const,
  source: { name: 'h1', uid: 'u1' },
  target: { name: 'h2', uid: 'u2' },
  incarnation: 4,
};

/** What is written on which Host, and what is told of the machine. */
async function buried(status: VirtualMachineStatus, hosts = ['h1', 'h2']) {
  const graves = new Map<string, Tombstone[]>();
  const told: string[] = [];
  const known = (name: string): Host | undefined =>
    hosts.includes(name)
      ? ({ metadata: { name, uid: name.replace('h', 'u'), resourceVersion: '1' } } as Host)
      : undefined;
  const deps = {
    clock: { now: () => 0 },
    recorder: { event: (_: unknown, { reason }: { reason: string }) => told.push(reason) },
    informers: { hosts: { get: known, learn: () => {} } },
    client: {
      patchFenced: async (_r: unknown, _k: unknown, host: Host, patch: { status: { tombstones: Tombstone[] } }) => {
        graves.set(host.metadata.name, patch.status.tombstones);
        return host;
      },
    },
  };
  await bury({ deps } as unknown as MachineServices, unrestricted, { machine: aMachine({}, status) } as Seen);
  const incarnations = [...graves].map(([name, [grave]]) => [name, grave?.incarnation]);
  return { graves, incarnations, told };
}

test('a machine that is let go of is written on its host, with what has to be swept there', async () => {
  const { graves } = await buried(placed);
  expect([...graves.keys()]).toEqual(['h1']);
  expect(graves.get('h1')).toEqual([
    expect.objectContaining({ uuid: 'x', incarnation: 3, volumes: [{ poolName: 'local', volumeName: 'root-1' }] }),
  ]);
});

test('one that was being moved is written on both hosts, each with the incarnation that it has there', async () => {
  expect((await buried({ ...placed, migration })).incarnations).toEqual([
    ['h1', 3],
    ['h2', 4],
  ]);
});

test('a host that is no longer known has nothing to write on, and that is told', async () => {
  const { incarnations, told } = await buried({ ...placed, migration }, ['h1']);
  expect(incarnations).toEqual([['h1', 3]]);
  expect(told).toEqual(['LeftBehind']);
});
