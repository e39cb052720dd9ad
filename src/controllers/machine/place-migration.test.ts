import { expect, test, vi } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { type VirtualMachineMigration, virtualMachineMigrationSpec } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { MigrationStatus, VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { applyMergePatch } from '#kube/merge-patch.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import type { SizedMachine } from '../size.ts';
import { StatusWriter } from '../write-status.ts';
import { FleetLedger } from './ledger.ts';
import { Memories } from './memory.ts';
import type { MachineServices, Seen } from './observe.ts';
import { claimOf } from './place.ts';
import { planMove } from './place-migration.ts';
import { Placements } from './placements.ts';
import { World, worldMachine } from './testing/world.ts';
import { around } from './testing.ts';
import { seen as observed, on } from './testing-plan.ts';

const onH1: VirtualMachineStatus = {
  uuid: 'x',
  host: { name: 'h1', uid: 'u1' },
  incarnation: 3,
  hypervisor: 'QEMU',
  architecture: 'x86_64',
  machineType: 'pc-q35-7.2',
  cpu: { mode: 'custom', model: 'qemu64' },
};

/** A fleet of hosts with 8 CPUs, a machine on h1, and a migration of it whose turn has come. */
function fleet(cores: number, hosts = ['h1', 'h2', 'h3']) {
  const world = new World();
  for (const name of hosts) world.host(name, name.replace('h', 'u'));
  const made = worldMachine('web', cores);
  const machine: SizedMachine = { ...made, status: onH1 };
  world.machine(machine);
  const migration: VirtualMachineMigration = {
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'VirtualMachineMigration',
    metadata: { name: 'm', uid: 'm', resourceVersion: '1', namespace: 'lab' },
    spec: virtualMachineMigrationSpec.parse({ machineName: 'web' }),
    status: { phase: 'Preparing' },
  };
  const ledger = new FleetLedger();
  ledger.observe(claimOf(machine));
  let answer: Error | null = null;
  const write = vi.fn();
  const stored = () => world.machines.find(({ metadata }) => metadata.uid === 'web') as SizedMachine;
  const deps = {
    ...world.deps,
    recorder: { event: () => {} },
    informers: {
      ...world.deps.informers,
      machines: { ...world.deps.informers.machines, get: stored, learn: (now: SizedMachine) => world.machine(now) },
      migrations: { byUid: () => migration },
    },
  } as unknown as MachineServices['deps'];
  const client = {
    patchFenced: async (_right: unknown, _kind: unknown, object: SizedMachine, patch: object) => {
      write(patch);
      if (answer) throw answer;
      const now = applyMergePatch(object, patch) as SizedMachine;
      return { ...now, metadata: { ...now.metadata, resourceVersion: `${Number(now.metadata.resourceVersion) + 1}` } };
    },
  };
  const services: MachineServices = {
    deps,
    ledger,
    placements: new Placements(deps, ledger),
    memories: new Memories(),
  };
  const clock = { now: () => 0, monotonicMs: () => 0, boottimeMs: () => 0 };
  const writer = new StatusWriter<VirtualMachine>({
    client,
    kind: {},
    informer: deps.informers.machines,
    clock,
  } as never);
  const plan = async (): Promise<MigrationStatus | undefined> => {
    const seen: Partial<Seen> = {
      machine: stored(),
      sizing: { machine: stored(), known: true },
      mayHave: true,
      memory: services.memories.of('web'),
      located: { kind: 'Present', sighting: {} as never },
      host: undefined,
      record: null,
      chosen: null,
      around: around(),
      input: null,
      changes: [],
      observation: observed({ domain: on }),
    };
    const step = { do: 'PlanMove', migration: 'm', otherwise: { do: 'Settle' } } as const;
    await planMove({ services, writer }, unrestricted, seen as Seen, step);
    return stored().status?.migration;
  };
  const failNext = (error: Error | null): void => {
    answer = error;
  };
  return { world, ledger, services, migration, write, plan, failNext };
}

test('the target is recorded with its room taken, and the machine is where it was', async () => {
  const { plan, ledger, world } = fleet(4);
  expect(await plan()).toEqual({
    name: 'm',
    uid: 'm',
    phase: 'Planned',
    mode: 'Live',
    source: { name: 'h1', uid: 'u1' },
    target: { name: 'h2', uid: 'u2' },
    incarnation: 4,
  });
  expect(ledger.arrivingAt('u2', '')).toBe(1);
  expect(world.machines[0]?.status).toMatchObject({
    host: { name: 'h1' },
    incarnation: 3,
    printableStatus: 'Migrating',
  });
});

test('its room at the target counts for others, beside that at the source, also after a restart', async () => {
  const { plan, services, world } = fleet(6);
  await plan();
  const anew = new FleetLedger();
  const placements = new Placements(services.deps, anew);
  for (const machine of world.machines) anew.observe(claimOf(machine as SizedMachine));
  for (const index of [services.placements.current(), placements.current()]) {
    const free = (cores: number) =>
      index.decide({
        uid: 'o',
        namespace: 'lab',
        name: 'o',
        cpuMilli: cores * 1000,
        memoryBytes: 1,
        hypervisor: 'Auto',
        tolerations: [],
        requiredPools: [],
        requiredNetworks: [],
        priority: 0,
        createdAt: 0,
      });
    expect(free(3).host).toBe('h3');
    expect(free(9).message).toContain('3 lack 1 CPU or more (nearest: h3)');
  }
});

test('a host that takes no more moves is passed over', async () => {
  const { plan, ledger } = fleet(1);
  for (const uid of ['a', 'b']) {
    const coming = { name: uid, uid, phase: 'Planned' as const, target: { name: 'h2', uid: 'u2' } };
    ledger.observe(claimOf({ ...worldMachine(uid, 1), status: { ...onH1, migration: coming } }));
  }
  expect((await plan())?.target?.name).toBe('h3');
});

test('where the migration may not go it does not', async () => {
  const { plan, migration, world } = fleet(1);
  const h3 = world.objects.get('h3');
  if (h3) h3.metadata.labels = { zone: 'b' };
  world.pool('h3', 10);
  migration.spec = { ...migration.spec, hostSelector: { matchLabels: { zone: 'b' } } };
  expect((await plan())?.target?.name).toBe('h3');
});

test('a selector of the migration that no host meets is named as its own', async () => {
  const { plan, migration } = fleet(1);
  migration.spec = { ...migration.spec, hostSelector: { matchLabels: { zone: 'nowhere' } } };
  expect((await plan())?.message).toContain("The migration's own spec.hostSelector counts, too.");
});

test('no host fits: it waits, and the same answer again is not written', async () => {
  const { plan, write, world } = fleet(8, ['h1', 'h2']);
  world.host('h2', 'u2', { cpu: 4 });
  expect(await plan()).toMatchObject({
    phase: 'Waiting',
    reason: 'Unschedulable',
    message: expect.stringContaining('1 is where it is now'),
  });
  expect((await plan())?.target).toBeUndefined();
  expect(write).toHaveBeenCalledTimes(1);
  world.host('h2', 'u2', { cpu: 8 });
  expect(await plan()).toMatchObject({ phase: 'Planned', target: { name: 'h2' } });
  expect(world.machines[0]?.status?.migration?.reason).toBeUndefined();
});

test('a machine is no neighbour of itself', async () => {
  const { plan, world } = fleet(1, ['h1', 'h2']);
  const [machine] = world.machines;
  if (!machine) throw new Error('there is one');
  machine.metadata.labels = { app: 'web' };
  const term = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } } };
  machine.spec.scheduling.antiAffinity = { required: [term] };
  for (const object of world.objects.values()) object.metadata.labels = { zone: 'a' };
  for (const name of ['h1', 'h2']) world.pool(name, 10);
  expect((await plan())?.target?.name).toBe('h2');
});

test('what can never be is said for good', async () => {
  const { plan, world } = fleet(1);
  const [machine] = world.machines;
  if (machine) machine.spec.migration.policy = 'Never';
  expect(await plan()).toMatchObject({ phase: 'Refused', reason: 'PolicyForbids' });
});

test('a write without an answer keeps the room until it is known what came of it', async () => {
  const { plan, ledger, failNext } = fleet(4);
  failNext(new VirtfleetError('OutcomeUnknown', 'Timeout', 'no answer'));
  await expect(plan()).rejects.toThrow('no answer');
  expect(ledger.arrivingAt('u2', '')).toBe(1);
  failNext(new VirtfleetError('Conflict', 'Conflict', 'somebody was first'));
  await expect(plan()).rejects.toThrow('somebody was first');
  failNext(null);
  expect(await plan()).toMatchObject({ phase: 'Planned' });
  expect([ledger.arrivingAt('u2', ''), ledger.arrivingAt('u3', '')].reduce((a, b) => a + b)).toBe(1);
});
