/** A host is emptied while its machines run; what cannot move is told; taken back half-way; asked before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  API_VERSION,
  type Host,
  hostKind,
  placementReviewKind,
  type VirtualMachineMigration,
  virtualMachineKind,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import { waitFor } from '../rig/wait.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  get,
  http,
  namespace,
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

const SOURCE = 'h1';
const LABEL = 'virtfleet.io/drain';
const shared = { disks: [root({ poolName: 'shared' })] };

/** Merges into the spec of a Host; null takes a field out. */
async function patchHost(name: string, spec: object): Promise<void> {
  const host = await get(hostKind, name);
  if (!host) throw new Error(`there is no Host ${name}`);
  await client.patchByUid(unrestricted, hostKind, host.metadata, { spec });
}
const drain = (name: string, mode: 'Drain' | 'None') => patchHost(name, { maintenance: { mode } });
const names = async (): Promise<string[]> => (await client.listAll(hostKind)).map(({ metadata }) => metadata.name);

async function cordonAllBut(name: string | null): Promise<void> {
  for (const host of await names()) {
    const unschedulable = name !== null && host !== name;
    await patchHost(host, { unschedulable });
    await until(hostKind, host, 'say so', (one) => {
      const schedulable = condition(one, 'Schedulable');
      return (schedulable?.reason === 'Unschedulable') === unschedulable;
    });
  }
}

const movesOf = async (host: string): Promise<VirtualMachineMigration[]> =>
  await client.listAll(virtualMachineMigrationKind, { namespace, labelSelector: `${LABEL}=${host}` });

const rowOf = (host: Host, name: string) =>
  host.status?.drain?.machines?.find(({ machine }) => machine === `${namespace}/${name}`);

beforeAll(async () => {
  await prepareWorld();
  await cordonAllBut(SOURCE);
  await apply(virtualMachineKind, 'web', small(shared));
  await apply(virtualMachineKind, 'local', small());
  await apply(virtualMachineKind, 'kept', small({ ...shared, migration: { policy: 'Never' } }));
  await apply(virtualMachineKind, 'idle', small(shared));
  for (const name of ['web', 'local', 'kept', 'idle']) expect(placeOf(await ready(name)).host).toBe(SOURCE);
  await apply(virtualMachineKind, 'idle', small({ ...shared, runStrategy: 'Halted' }));
  await word('idle', 'Stopped');
  await cordonAllBut(null);
});
afterAll(async () => {
  for (const host of await names()) {
    await patchHost(host, { maintenance: { mode: 'None' }, unschedulable: false, migration: { bandwidth: null } });
  }
  await remove(placementReviewKind, 'drain-h1');
  await clearWorld();
});

test('what a drain would do can be asked before, and asking does nothing', async () => {
  await client.create(unrestricted, placementReviewKind, {
    apiVersion: API_VERSION,
    kind: 'PlacementReview',
    metadata: { name: 'drain-h1' },
    spec: { drainHost: SOURCE },
  } as never);
  const { status } = await until(placementReviewKind, 'drain-h1', 'be answered', (one) => one.status?.answeredAt);
  expect(status).toMatchObject({ question: `drain ${SOURCE}`, total: 4, fit: 3, unfit: 1 });
  expect(status?.answer).toContain(`${namespace}/kept: PolicyForbids`);
  const [last] = status?.machines?.filter(({ host }) => host !== undefined).slice(-1) ?? [];
  expect(last?.machine, 'who is off goes last').toBe(`${namespace}/idle`);
  expect(await movesOf(SOURCE)).toEqual([]);
});

test('a host is emptied but for what may not move, and goes on when that may', async () => {
  const before = { web: placeOf(await ready('web')), local: placeOf(await ready('local')) };
  await drain(SOURCE, 'Drain');
  const blocked = await until(
    hostKind,
    SOURCE,
    'be drained but for one',
    (host) => condition(host, 'Drained')?.reason === 'DrainBlocked',
    180_000,
  );
  expect(condition(blocked, 'Schedulable')).toMatchObject({ status: 'False', reason: 'Maintenance' });
  expect(condition(blocked, 'Drained')?.message).toContain(`${namespace}/kept (PolicyForbids)`);
  expect(blocked.status?.drain).toMatchObject({ total: 4, left: 1, moving: 0, blocked: 1 });
  expect(rowOf(blocked, 'kept')).toMatchObject({
    state: 'Blocked',
    reason: 'PolicyForbids',
    message: expect.stringContaining('Three ways out'),
  });

  const web = await ready('web');
  const local = await ready('local');
  const idle = await word('idle', 'Stopped');
  for (const vm of [web, local, idle]) expect(placeOf(vm).host).not.toBe(SOURCE);
  expect(placeOf(web)).toEqual({ ...before.web, host: placeOf(web).host });
  expect(placeOf(local)).toEqual({ ...before.local, host: placeOf(local).host });
  expect(await http(web)).toContain('hello from');
  const moves = await movesOf(SOURCE);
  expect(moves.map(({ spec }) => spec.machineName).sort()).toEqual(['idle', 'local', 'web']);
  const byMachine = new Map(moves.map((move) => [move.spec.machineName, move]));
  expect(byMachine.get('idle')?.status?.mode).toBe('Offline');
  for (const name of ['web', 'local']) {
    const [first, then] = [byMachine.get(name)?.status?.finishedAt, byMachine.get('idle')?.metadata.creationTimestamp];
    expect(Date.parse(first ?? ''), 'who is off is asked for when the others have moved').toBeLessThanOrEqual(
      Date.parse(then ?? ''),
    );
  }

  await apply(virtualMachineKind, 'kept', small({ ...shared, migration: { policy: 'Live' } }));
  const done = await until(
    hostKind,
    SOURCE,
    'be drained',
    (host) => condition(host, 'Drained')?.status === 'True',
    120_000,
  );
  expect(done.status?.drain).toMatchObject({ left: 0, finishedAt: expect.any(String) });
  expect((await rig.virsh(SOURCE, 'list', '--all', '--uuid')).trim()).toBe('');
  expect(placeOf(await ready('kept')).host).not.toBe(SOURCE);
  await sound();
});

test('when the work is done machines may come again, and none returns by itself', async () => {
  await drain(SOURCE, 'None');
  const host = await until(
    hostKind,
    SOURCE,
    'be open again',
    (one) => condition(one, 'Schedulable')?.status === 'True' && one.status?.drain === undefined,
  );
  expect(condition(host, 'Drained')).toBeUndefined();
  for (const name of ['web', 'local', 'kept']) expect(placeOf(await ready(name)).host).not.toBe(SOURCE);
});

test('taken back half-way, with the operator killed on the way: what runs goes on, the rest stays', async () => {
  await cordonAllBut(SOURCE);
  for (const name of ['one', 'two']) await apply(virtualMachineKind, name, small(shared));
  for (const name of ['one', 'two']) expect(placeOf(await ready(name)).host).toBe(SOURCE);
  await cordonAllBut(null);
  await patchHost(SOURCE, { maintenance: { mode: 'Drain' }, migration: { maxOutgoing: 1, bandwidth: '8Mi' } });
  await waitFor(
    'a move to be under way',
    async () => (await movesOf(SOURCE)).some(({ status }) => status?.operation?.phase === 'Moving'),
    { timeoutMs: 60_000, intervalMs: 200 },
  );
  await rig.component('operator', 'kill');
  await rig.component('operator', 'start');
  await rig.operatorReady();
  await drain(SOURCE, 'None');
  await until(hostKind, SOURCE, 'have ended the drain', ({ status }) => status?.drain === undefined, 120_000);

  const ours = (await movesOf(SOURCE)).filter(({ spec }) => ['one', 'two'].includes(spec.machineName));
  expect(
    ours.map(({ status }) => status?.phase),
    'one move was asked for, and made once',
  ).toEqual(['Succeeded']);
  const moved = ours[0]?.spec.machineName ?? '';
  const stayed = moved === 'one' ? 'two' : 'one';
  expect(placeOf(await ready(moved)).host).not.toBe(SOURCE);
  expect(placeOf(await ready(stayed)).host).toBe(SOURCE);
  await sound();
});
