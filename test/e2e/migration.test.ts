/** Machines that move between hosts: live, with their disks, while off; cancelled, refused; and what their guests notice. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  API_VERSION,
  type VirtualMachine,
  type VirtualMachineMigration,
  virtualMachineKind,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  eventsOf,
  get,
  gone,
  http,
  line,
  namespace,
  notesOf,
  operate,
  placeOf,
  prepareWorld,
  ready,
  remove,
  rig,
  root,
  small,
  sound,
  until,
  word,
} from './support/world.ts';

/** Their own in each run: a console's log outlives its machine, and is read on both hosts here. */
const suffix = randomUUID().slice(0, 4);
const [roamer, carrier, hollow] = [`roamer-${suffix}`, `carrier-${suffix}`, `hollow-${suffix}`];

/** With a seed, which is a file of its own that moves along. */
const cloudInit = { userData: '#cloud-config\n' };
const shared = (over: object = {}) => small({ disks: [root({ poolName: 'shared' })], cloudInit, ...over });
const local = (over: object = {}) => small({ cloudInit, ...over });
/** Several guests boot at once here. */
const BOOT_MS = 120_000;

beforeAll(async () => {
  await prepareWorld();
  await apply(virtualMachineKind, roamer, shared());
  await apply(virtualMachineKind, carrier, local());
  await apply(virtualMachineKind, hollow, small({ disks: [] }));
});
afterAll(() => clearWorld());

/** Asks for a move. */
async function migrate(name: string, machineName: string, over: object = {}): Promise<void> {
  await client.create(unrestricted, virtualMachineMigrationKind, {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineMigration',
    metadata: { namespace, name },
    spec: { machineName, ...over },
  } as never);
}

type Ending = 'Succeeded' | 'Failed' | 'Cancelled';

async function ended(name: string, phase: Ending, timeoutMs = 90_000): Promise<VirtualMachineMigration> {
  const migration = await until(
    virtualMachineMigrationKind,
    name,
    'end',
    ({ status }) => ['Succeeded', 'Failed', 'Cancelled'].includes(status?.phase ?? ''),
    timeoutMs,
  );
  expect(migration.status, migration.status?.message).toMatchObject({ phase });
  return migration;
}

async function running(name: string): Promise<VirtualMachineMigration> {
  return await until(
    virtualMachineMigrationKind,
    name,
    'be under way',
    ({ status }) => status?.operation?.phase === 'Moving' && (status.operation.progressBytes ?? 0) > 0,
  );
}

/** What the guest has printed on that host, in all its runs there. */
function printed(host: string, { status }: VirtualMachine): string {
  const file = join(rig.host(host).dir, status?.serial?.logPath ?? '');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const beats = (text: string): number[] =>
  [...text.matchAll(/heartbeat (\d+) \S+\r?\n/g)].map(([, beat]) => Number(beat));

/**
 * One guest that was carried over: what it printed on both hosts together is one count without a gap. A second copy, or
 * one that was begun anew, would print a number twice or start from one.
 */
async function expectOneRun(name: string, hosts: string[], vm: VirtualMachine): Promise<void> {
  const last = beats(hosts.map((host) => printed(host, vm)).join('')).length;
  await until(virtualMachineKind, name, 'go on printing', () => {
    const target = hosts.at(-1) ?? '';
    return (
      beats(printed(target, vm)).length >= 2 && beats(hosts.map((host) => printed(host, vm)).join('')).length > last
    );
  });
  const counted = beats(hosts.map((host) => printed(host, vm)).join(''));
  expect(counted).toEqual(counted.map((_, n) => (counted[0] ?? 0) + n));
}

const domains = async (host: string): Promise<string> => await rig.virsh(host, 'list', '--all', '--uuid');

test('a running machine on a shared disk moves live, with its address, and its guest counts on', async () => {
  const before = await ready(roamer);
  const { host: source, uuid, address } = placeOf(before);
  expect(condition(before, 'LiveMigratable')).toMatchObject({ status: 'True', reason: 'LiveMigratable' });
  await line(roamer, /^heartbeat /, BOOT_MS);

  await migrate('live', roamer, { mode: 'Live', copyStorage: 'Never' });
  const { status } = await ended('live', 'Succeeded');
  const after = await ready(roamer);
  const { host: target } = placeOf(after);
  expect(target).not.toBe(source);
  expect(placeOf(after)).toEqual({ host: target, uuid, address });
  expect(after.status?.incarnation).toBe((before.status?.incarnation ?? 0) + 1);
  expect(after.status?.run).toEqual(before.status?.run);
  expect(status).toMatchObject({
    progress: '100%',
    reason: 'Moved',
    mode: 'Live',
    source: { name: source },
    target: { name: target },
  });
  expect(status?.operation?.paused ?? false, 'every disk is locked').toBe(false);
  expect(await domains(source)).not.toContain(uuid);
  expect(await rig.virsh(target, 'domstate', uuid)).toContain('running');
  expect(await http(after)).toContain(`hello from ${roamer}`);
  await expectOneRun(roamer, [source, target], after);
  expect(await notesOf(after.metadata.uid, 'Migrated')).toEqual([
    expect.stringContaining(`from ${source} to ${target}`),
  ]);
  await sound();
});

test('a disk that only its host has is copied along, and the source keeps nothing of it', async () => {
  const before = await ready(carrier);
  const { host: source, address } = placeOf(before);
  await line(carrier, /^heartbeat /, BOOT_MS);
  await migrate('copy', carrier);
  const { status } = await ended('copy', 'Succeeded');
  const after = await ready(carrier);
  const { host: target } = placeOf(after);
  expect(target).not.toBe(source);
  expect(placeOf(after).address).toBe(address);
  expect(status?.operation).toMatchObject({ outcome: 'Succeeded', paused: true });
  await expectOneRun(carrier, [source, target], after);
  expect(await http(after)).toContain(`hello from ${carrier}`);
  // A boot later: what it had written to its disk is on the copy, too.
  await operate(carrier, 'Reset');
  await line(carrier, /^boots 2/, BOOT_MS);
  // Files, domain and reservation of it on the source would be told.
  await sound();
});

test('a machine without disks, which nothing locks, is handed over paused', async () => {
  const { host: source, uuid } = placeOf(await ready(hollow));
  await migrate('paused', hollow);
  const { status } = await ended('paused', 'Succeeded');
  expect(status?.operation?.paused).toBe(true);
  const { host: target } = placeOf(await ready(hollow));
  expect(target).not.toBe(source);
  expect(await rig.virsh(target, 'domstate', uuid)).toContain('running');
  await sound();
});

test('a move is cancelled while it goes on: the machine runs on where it was, and nothing is left at the target', async () => {
  const before = await ready(carrier);
  const { host } = placeOf(before);
  await migrate('slow', carrier, { limits: { bandwidth: '1Mi' } });
  const moving = await running('slow');
  expect(moving.status).toMatchObject({ phase: 'Running', progress: expect.stringMatching(/^\d\d?%$/) });
  expect((await word(carrier, 'Migrating')).status?.migration).toMatchObject({ name: 'slow', phase: 'Prepared' });
  await migrate('next', carrier);
  const queued = await until(virtualMachineMigrationKind, 'next', 'wait', ({ status }) => status?.reason === 'Queued');
  expect(queued.status?.message).toContain('slow');
  await gone(virtualMachineMigrationKind, 'next');

  await apply(virtualMachineMigrationKind, 'slow', { spec: { cancel: true } });
  expect((await ended('slow', 'Cancelled')).status?.reason).toBe('Cancelled');
  const after = await ready(carrier);
  expect(placeOf(after)).toEqual(placeOf(before));
  expect(after.status?.run).toEqual(before.status?.run);
  expect(await rig.virsh(host, 'domstate', after.status?.uuid ?? '')).toContain('running');
  await sound();
});

test('a machine that is off moves with its disk, and starts there', async () => {
  await apply(virtualMachineKind, carrier, local({ runStrategy: 'Halted' }));
  const { host: source } = placeOf(await word(carrier, 'Stopped'));
  await migrate('off', carrier);
  expect((await ended('off', 'Succeeded')).status?.mode).toBe('Offline');
  const { host: target } = placeOf(await word(carrier, 'Stopped'));
  expect(target).not.toBe(source);
  await sound();
  await apply(virtualMachineKind, carrier, local());
  expect(placeOf(await ready(carrier)).host).toBe(target);
  await line(carrier, /^boots 3/, BOOT_MS);
  await sound();
});

test('what cannot be moved is refused with the mend', async () => {
  const refused = async (name: string, machine: string, over: object, reason: string, words: string) => {
    await migrate(name, machine, over);
    const { status } = await ended(name, 'Failed');
    expect(status).toMatchObject({ reason, message: expect.stringContaining(words) });
    expect(status).not.toHaveProperty('target');
  };
  await refused('no-machine', 'nobody', {}, 'MachineNotFound', 'spec.machineName');
  await refused('never-copy', carrier, { copyStorage: 'Never' }, 'StorageNotShared', 'copyStorage');
  await refused('while-on', roamer, { mode: 'Offline' }, 'MachineRunning', 'spec.migration.policy');
  await apply(virtualMachineKind, roamer, shared({ migration: { policy: 'Never' } }));
  await refused('forbidden', roamer, {}, 'PolicyForbids', 'spec.migration.policy');
  await migrate('nowhere', carrier, { hostSelector: { matchLabels: { 'example.com/rack': 'none' } } });
  await until(virtualMachineMigrationKind, 'nowhere', 'wait', ({ status }) => status?.reason === 'Unschedulable');
  await remove(virtualMachineMigrationKind, 'nowhere');
  await sound();
});

test('a machine that may be stopped for it is stopped, moved and started', async () => {
  await apply(virtualMachineKind, roamer, shared({ migration: { policy: 'Offline' } }));
  const { host: source } = placeOf(await ready(roamer));
  await migrate('stopped', roamer, { mode: 'Offline', ttlSecondsAfterFinished: 3600 });
  expect((await ended('stopped', 'Succeeded')).status?.mode).toBe('Offline');
  const after = await ready(roamer);
  expect(placeOf(after).host).not.toBe(source);
  expect(await eventsOf(after.metadata.uid)).toContain('Migrated');
  await line(roamer, /^boots 2/, BOOT_MS);
  await migrate('short', 'nobody', { ttlSecondsAfterFinished: 0 });
  await until(
    virtualMachineKind,
    roamer,
    'outlive the record of a move',
    async () => (await get(virtualMachineMigrationKind, 'short')) === null,
  );
  await sound();
});
