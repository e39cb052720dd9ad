/**
 * The migration's controller on a real API server. The machine's controller and the executor, which answer it in status,
 * are played here; the queue is one that tells what it was given.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_VERSION, type KubeObject, type ResourceKind } from '#api/v1alpha1/meta.ts';
import { virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import {
  type VirtualMachineMigration,
  type VirtualMachineMigrationSpec,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import { HostPool } from '#hostpool/pool.ts';
import type { JobQueue, JobSpec } from '#jobs/port.ts';
import { KubeClient } from '#kube/client.ts';
import { Manager } from '#kube/manager.ts';
import { systemClock } from '#platform/clock.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { registry } from '#platform/metrics.ts';
import { unrestricted } from '#platform/right.ts';
import { openInformers } from '../../../src/controllers/informers.ts';
import { migrationController } from '../../../src/controllers/migration/controller.ts';
import { waitFor } from '../../rig/wait.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';

const namespace = 'default';

class NotedJobs implements JobQueue {
  readonly added: JobSpec[] = [];
  #isAway = false;
  readonly #listeners = new Set<(available: boolean) => void>();

  set isAway(isAway: boolean) {
    this.#isAway = isAway;
    for (const listener of this.#listeners) listener(!isAway);
  }
  add(_: unknown, job: JobSpec): Promise<void> {
    if (this.#isAway) return Promise.reject(new VirtfleetError('Transient', 'QueueUnavailable', 'Redis is away'));
    this.added.push(job);
    return Promise.resolve();
  }
  cancel = () => Promise.resolve();
  available = () => !this.#isAway;
  warnings = () => [];
  onAvailability(listener: (available: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  close = () => Promise.resolve();
}

let api: TestApiServer;
let client: KubeClient;
let hosts: HostPool;
let ended: Promise<unknown>;
const jobs = new NotedJobs();
const stop = new AbortController();

beforeAll(async () => {
  api = await startApiServer();
  await api.kubectl(['apply', '--server-side', '-k', new URL('../../../crds', import.meta.url).pathname]);
  await api.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  client = await KubeClient.connect({ kubeconfig: api.kubeconfig });
  const manager = new Manager({ client, identity: 'test', lease: null });
  hosts = new HostPool({ leaseMarginMs: 5_000, scratchDir: api.dir });
  const informers = openInformers(manager);
  const config = { namespace, reconcileConcurrency: 4, migrationsAtOnce: 2 };
  const deps = {
    client,
    informers,
    hosts,
    queue: jobs,
    recorder: manager.events,
    clock: systemClock,
    fleetId: 'f',
    config,
  };
  manager.add(migrationController(deps));
  ended = manager.run(stop.signal);
});
afterAll(async () => {
  stop.abort();
  await ended;
  await hosts?.close();
  await client?.close();
  await api?.stop();
});

type WithStatus = KubeObject & { status?: unknown };

async function patchStatus<T extends WithStatus>(kind: ResourceKind<T>, name: string, status: object): Promise<void> {
  const { plural } = kind;
  const path = `/apis/${API_VERSION}/namespaces/${namespace}/${plural}/${name}/status`;
  const { status: code, body } = await api.request('PATCH', path, {
    body: { status },
    contentType: 'application/merge-patch+json',
  });
  expect(code, JSON.stringify(body)).toBe(200);
}

async function aMachine(name: string, host: string): Promise<void> {
  const spec = { memory: { size: '128Mi' } };
  await api.kubectl(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: API_VERSION, kind: 'VirtualMachine', metadata: { namespace, name }, spec }),
  );
  const now = new Date().toISOString();
  await patchStatus(virtualMachineKind, name, {
    host: { name: host, uid: `uid-${host}` },
    incarnation: 1,
    conditions: [{ type: 'Running', status: 'True', reason: 'Running', message: '', lastTransitionTime: now }],
  });
}

async function ask(
  name: string,
  machineName: string,
  over: Partial<VirtualMachineMigrationSpec> = {},
): Promise<string> {
  const { metadata } = await client.create(unrestricted, virtualMachineMigrationKind, {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineMigration',
    metadata: { namespace, name },
    spec: { machineName, ...over },
  } as never);
  return metadata.uid;
}

async function told(
  name: string,
  what: string,
  wanted: (migration: VirtualMachineMigration) => unknown,
): Promise<VirtualMachineMigration> {
  let last: VirtualMachineMigration | null = null;
  const found = await waitFor(
    `${name} to be ${what}`,
    async () => {
      last = await client.get(virtualMachineMigrationKind, { namespace, name });
      return last !== null && wanted(last) ? last : null;
    },
    { timeoutMs: 20_000, intervalMs: 50, orElse: 'continue' },
  );
  if (!found) throw new Error(`${name} is not ${what}: ${JSON.stringify(last)}`);
  return found;
}
const reason = (name: string, wanted: string) => told(name, wanted, ({ status }) => status?.reason === wanted);
const phase = (name: string, wanted: string) => told(name, wanted, ({ status }) => status?.phase === wanted);
const isGone = (name: string) =>
  waitFor(`${name} to be gone`, async () => !(await client.get(virtualMachineMigrationKind, { namespace, name })), {
    timeoutMs: 20_000,
  });

/** What the machine's controller answers. */
const answer = (machine: string, name: string, uid: string, stage: string, source: string) =>
  patchStatus(virtualMachineKind, machine, {
    migration: {
      name,
      uid,
      phase: stage,
      mode: 'Live',
      source: { name: source, uid: `uid-${source}` },
      target: { name: 'h9', uid: 'uid-h9' },
      incarnation: 2,
    },
  });
/** What the executor writes. */
const operate = (name: string, operation: object) =>
  patchStatus(virtualMachineMigrationKind, name, {
    operation: { claim: 'p', attempt: 1, phase: 'Moving', updatedAt: new Date().toISOString(), ...operation },
  });

test('a move goes its road, one a machine, and tells where it is', async () => {
  await aMachine('web', 'h1');
  const uid = await ask('first', 'web', { ttlSecondsAfterFinished: 3600 });
  await reason('first', 'Admitted');
  await ask('second', 'web');
  expect((await reason('second', 'Queued')).status?.message).toContain('first');

  await answer('web', 'first', uid, 'Planned', 'h1');
  expect((await reason('first', 'Preparing')).status).toMatchObject({ phase: 'Preparing', target: { name: 'h9' } });
  jobs.isAway = true;
  await answer('web', 'first', uid, 'Prepared', 'h1');
  expect((await reason('first', 'QueueUnavailable')).status).toMatchObject({ phase: 'Running', attempt: 1 });
  jobs.isAway = false;
  await waitFor('its job to be queued', () => jobs.added.some(({ object }) => object.uid === uid), {
    timeoutMs: 20_000,
  });

  const bytes = {
    progressBytes: 430 * 2 ** 20,
    totalBytes: 2 ** 30,
    ratePerSecond: 118 * 2 ** 20,
    remainingSeconds: 80,
  };
  await operate('first', bytes);
  await told('first', 'at 41%', ({ status }) => status?.progress === '41%');
  const columns = (await api.kubectl(['get', 'vmmig', 'first', '--no-headers'])).trim().split(/\s+/);
  expect(columns.slice(0, 8)).toEqual(['first', 'web', 'h1', 'h9', 'Running', '41%', '1m20s', 'Moving']);
  expect(await registry.metrics()).toContain('virtfleet_operations{type="Migration",phase="Running"} 1');

  await operate('first', { outcome: 'Succeeded', totalMilliseconds: 4211, downtimeMilliseconds: 210 });
  // Until the machine's controller has taken note of it, it has not ended.
  expect((await told('first', 'told', ({ status }) => status?.message?.includes('at the target'))).status?.phase).toBe(
    'Running',
  );
  await patchStatus(virtualMachineKind, 'web', {
    host: { name: 'h9', uid: 'uid-h9' },
    incarnation: 2,
    migration: null,
  });
  const moved = await phase('first', 'Succeeded');
  expect(moved.status?.message).toBe('web moved from h1 to h9 in 4.2 s, stood still for 210 ms.');
  await told('first', 'let go', ({ metadata }) => !metadata.finalizers);
  expect((await reason('second', 'Admitted')).status?.phase).toBe('Preparing');
  await client.delete(unrestricted, virtualMachineMigrationKind, { namespace, name: 'second' });
  await isGone('second');
});

test('deleting a move that somebody works on ends it first', async () => {
  await aMachine('db', 'h2');
  const uid = await ask('away', 'db');
  await answer('db', 'away', uid, 'Prepared', 'h2');
  await phase('away', 'Running');
  await operate('away', { timeoutMs: 20_000 });
  await reason('away', 'Moving');
  await client.delete(unrestricted, virtualMachineMigrationKind, { namespace, name: 'away' });
  expect((await reason('away', 'Cancelling')).metadata.finalizers).toHaveLength(1);
  await operate('away', { outcome: 'Cancelled' });
  await patchStatus(virtualMachineKind, 'db', { migration: null });
  await isGone('away');
});

test('a machine that is to be off ends its live move, and says so where the executor reads it', async () => {
  await aMachine('cache', 'h3');
  const uid = await ask('needless', 'cache');
  await answer('cache', 'needless', uid, 'Prepared', 'h3');
  await phase('needless', 'Running');
  await operate('needless', { timeoutMs: 20_000 });
  await api.kubectl(['patch', 'vm', 'cache', '--type=merge', '-p', '{"spec":{"runStrategy":"Halted"}}']);
  await told('needless', 'cancelling', ({ status }) => status?.cancelling?.includes('Halted'));
  await operate('needless', { outcome: 'Cancelled' });
  await patchStatus(virtualMachineKind, 'cache', { migration: null });
  expect((await phase('needless', 'Cancelled')).status?.message).toContain('Halted');
});

test('no more than the fleet may have go on at once, in the order in which they were asked for', async () => {
  const uids: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    await aMachine(`w${n}`, `h${n}`);
    uids.push(await ask(`m${n}`, `w${n}`));
  }
  const place = (name: string, wanted: number) =>
    told(name, `at place ${wanted}`, ({ status }) => status?.queuePosition === wanted);
  const states = await Promise.all(
    ['m1', 'm2', 'm3', 'm4'].map((name) => told(name, 'judged', ({ status }) => status?.phase)),
  );
  // Two of one second have no order in time: the lower uid comes first.
  const age = ({ metadata }: VirtualMachineMigration) => `${metadata.creationTimestamp} ${metadata.uid}`;
  const waiting = states
    .filter(({ status }) => status?.phase === 'Pending')
    .sort((a, b) => (age(a) < age(b) ? -1 : 1))
    .map(({ metadata }) => metadata.name);
  expect(waiting).toHaveLength(2);
  const [third = '', fourth = ''] = waiting;
  await place(third, 1);
  expect((await place(fourth, 2)).status?.message).toContain('--migrations-at-once');
  // One for which there is no host holds no place.
  const [first] = states.filter(({ status }) => status?.phase === 'Preparing');
  const n = Number(first?.metadata.name.slice(1));
  const unfit = { name: `m${n}`, uid: uids[n - 1], phase: 'Waiting', reason: 'Unschedulable', message: 'no host fits' };
  await patchStatus(virtualMachineKind, `w${n}`, { migration: unfit });
  await reason(`m${n}`, 'Unschedulable');
  await phase(third, 'Preparing');
  await place(fourth, 1);
});
