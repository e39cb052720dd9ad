/** What every end-to-end test stands on: a rig, a client with all rights, one namespace with an image and a network. */
import { randomUUID } from 'node:crypto';
import {
  API_VERSION,
  type KubeObject,
  type ResourceKind,
  storageVolumeKind,
  type VirtualMachine,
  virtualMachineImageKind,
  virtualMachineKind,
  virtualMachineMigrationKind,
  virtualMachineOperationKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import { KubeClient } from '#kube/client.ts';
import { unrestricted } from '#platform/right.ts';
import { type Expected, expectSound } from '../../chaos/check/index.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { buildImage, publishImage } from '../../rig/images.ts';
import { imageObject } from '../../rig/objects.ts';
import { waitFor } from '../../rig/wait.ts';

export const rig = rigFromEnv();
export const client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
export const namespace = 'e2e';
export const networkName = 'lab';

const core = (plural: string, kind: string, namespaced: boolean): ResourceKind<KubeObject> => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
});
export const namespaceKind = core('namespaces', 'Namespace', false);
export const secretKind = core('secrets', 'Secret', true);

const manager = { fieldManager: 'e2e', force: true };

/** Server-side apply: what was applied under that name before and is not in `fields` any more goes. */
export async function apply<T extends KubeObject>(kind: ResourceKind<T>, name: string, fields: object): Promise<T> {
  const metadata = kind.namespaced ? { name, namespace } : { name };
  const group = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  // What is sent lacks what the server fills in, and the type T has it.
  const body = { apiVersion: group, kind: kind.kind, metadata, ...fields } as never;
  return await client.apply(unrestricted, kind, body, manager);
}

export async function get<T extends KubeObject>(kind: ResourceKind<T>, name: string): Promise<T | null> {
  return await client.get(kind, kind.namespaced ? { namespace, name } : { name });
}

/** An empty namespace but for the image `tiny` and the network `lab`, which all tests share. */
export async function prepareWorld(): Promise<void> {
  await apply(namespaceKind, namespace, {});
  const built = await buildImage('tiny');
  publishImage(rig.dir, 'tiny', built);
  const { spec } = imageObject('tiny', built, rig.imageServer.http, ['local']) as { spec: object };
  await apply(virtualMachineImageKind, 'tiny', { spec });
  await apply(virtualNetworkKind, networkName, {
    spec: { mode: 'NAT', ipv4: { cidr: '10.77.0.0/24', dhcp: { start: '10.77.0.50', end: '10.77.0.200' } } },
  });
  await until(virtualMachineImageKind, 'tiny', 'be Ready', (image) => isTrue(image, 'Ready'), 60_000);
  await clearWorld(); // of what a run that was broken off has left
}

/** The spec of a small machine; `over` replaces its fields. */
export function small(over: object = {}): { spec: object } {
  return {
    spec: {
      cpu: { cores: 1 },
      memory: { size: '128Mi' },
      disks: [root()],
      interfaces: [{ name: 'lan', networkName }],
      terminationGracePeriodSeconds: 0,
      ...over,
    },
  };
}

export const root = (over: object = {}): object => ({
  name: 'root',
  template: { poolName: 'local', imageName: 'tiny', ...over },
});

interface WithConditions extends KubeObject {
  status?: { conditions?: { type: string; status: string; reason: string; message: string }[] | undefined } | undefined;
}

export const condition = (object: WithConditions, type: string) =>
  object.status?.conditions?.find((c) => c.type === type);
export const isTrue = (object: WithConditions, type: string): boolean => condition(object, type)?.status === 'True';

/** Waits until the object is as wanted; what it was like at the deadline is in the error. */
export async function until<T extends WithConditions>(
  kind: ResourceKind<T>,
  name: string,
  what: string,
  wanted: (object: T) => unknown,
  timeoutMs = 60_000,
): Promise<T> {
  let last: T | null = null;
  const found = await waitFor(
    `${kind.kind} ${name} to ${what}`,
    async () => {
      last = await get(kind, name);
      return last !== null && wanted(last) ? last : null;
    },
    { timeoutMs, intervalMs: 150, orElse: 'continue' },
  );
  if (found) return found;
  throw new Error(
    `${kind.kind} ${name} did not ${what} in ${timeoutMs / 1000} s; status: ${JSON.stringify(statusOf(last))}`,
  );
}

const statusOf = (object: KubeObject | null): unknown =>
  object && 'status' in object ? object.status : 'there is no such object';

export async function ready(name: string, timeoutMs = 60_000): Promise<VirtualMachine> {
  return await until(
    virtualMachineKind,
    name,
    'run and be Ready as specified now',
    (vm) => vm.status?.observedGeneration === vm.metadata.generation && isTrue(vm, 'Ready') && isTrue(vm, 'Running'),
    timeoutMs,
  );
}

export async function word(name: string, printable: string, timeoutMs = 60_000): Promise<VirtualMachine> {
  return await until(
    virtualMachineKind,
    name,
    `be ${printable}`,
    (vm) => vm.status?.printableStatus === printable,
    timeoutMs,
  );
}

/** Waits for a condition of a machine to have that reason. */
export async function reason(name: string, type: string, wanted: string, timeoutMs = 30_000): Promise<VirtualMachine> {
  return await until(
    virtualMachineKind,
    name,
    `have ${type} with reason ${wanted}`,
    (vm) => condition(vm, type)?.reason === wanted,
    timeoutMs,
  );
}

export async function remove<T extends KubeObject>(kind: ResourceKind<T>, name: string): Promise<void> {
  await client.delete(unrestricted, kind, kind.namespaced ? { namespace, name } : { name });
}

export async function gone<T extends KubeObject>(
  kind: ResourceKind<T>,
  name: string,
  timeoutMs = 60_000,
): Promise<void> {
  await remove(kind, name);
  await waitFor(`${kind.kind} ${name} to be gone`, async () => (await get(kind, name)) === null, {
    timeoutMs,
    intervalMs: 100,
  });
}

/** The kind without the type of its objects. */
const untyped = ({ group, version, plural, kind, namespaced }: Omit<ResourceKind<KubeObject>, 'object'>) => ({
  group,
  version,
  plural,
  kind,
  namespaced,
});

/** Removes all machines, operations and volumes, and waits until nothing of them is left anywhere. */
export async function clearWorld(expected: Expected = {}): Promise<void> {
  const kinds: ResourceKind<KubeObject>[] = [
    untyped(virtualMachineKind),
    untyped(virtualMachineMigrationKind),
    untyped(virtualMachineOperationKind),
    untyped(storageVolumeKind),
  ];
  for (const kind of kinds) {
    for (const { metadata } of await client.listAll(kind, { namespace })) await remove(kind, metadata.name);
  }
  await waitFor(
    'all machines and volumes to be gone',
    async () => {
      const left = await Promise.all(kinds.map((kind) => client.listAll(kind, { namespace })));
      return left.flat().length === 0;
    },
    { timeoutMs: 60_000, intervalMs: 150 },
  );
  await sound(expected);
}

/** Ends every test: all invariants hold, over the API and every host. */
export async function sound(expected: Expected = {}): Promise<void> {
  await expectSound(rig, { client, ...expected });
}

export function placeOf(vm: VirtualMachine): { host: string; address: string; uuid: string } {
  const host = vm.status?.host?.name;
  const address = vm.status?.interfaces?.[0]?.addresses?.find(({ source }) => source === 'Reserved')?.address;
  const uuid = vm.status?.uuid;
  if (!host || !address || !uuid) throw new Error(`${vm.metadata.name} has no place yet: ${JSON.stringify(vm.status)}`);
  return { host, address, uuid };
}

/** The guest's answer over HTTP, asked from its host. */
export async function http(vm: VirtualMachine, path = '/', timeoutMs = 60_000): Promise<string> {
  const { host, address } = placeOf(vm);
  const answer = await waitFor(
    `${vm.metadata.name} to answer on ${address}`,
    () => rig.httpFromHost(host, `http://${address}${path}`, 2),
    { timeoutMs, intervalMs: 250 },
  );
  return answer ?? '';
}

/** Waits for a line on the console that matches, the last one of them when there are several. */
export async function line(name: string, pattern: RegExp, timeoutMs = 60_000): Promise<string> {
  const found = await waitFor(
    `${name} to print ${pattern.source}`,
    async () => (await rig.console(namespace, name)).split(/\r?\n/).findLast((text) => pattern.test(text)) ?? null,
    { timeoutMs, intervalMs: 200 },
  );
  return found ?? '';
}

interface Event extends KubeObject {
  reason: string;
  note?: string;
  regarding?: { kind: string; name: string; uid: string };
}
const eventKind: ResourceKind<Event> = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};

/** What was told of an object, as reasons. */
export async function eventsOf(uid: string): Promise<string[]> {
  const events = await client.listAll(eventKind, { namespace });
  return events.filter((event) => event.regarding?.uid === uid).map((event) => event.reason);
}

/** What was told of an object under that reason. */
export async function notesOf(uid: string, reason: string): Promise<string[]> {
  const events = await client.listAll(eventKind, { namespace });
  return events
    .filter((event) => event.regarding?.uid === uid && event.reason === reason)
    .map((event) => event.note ?? '');
}

let operations = 0;
/** Asks for an operation and returns its name. */
export async function operate(machineName: string, type: string, over: object = {}): Promise<string> {
  operations += 1;
  const name = `${machineName}-${type.toLowerCase()}-${operations}-${randomUUID().slice(0, 4)}`;
  await client.create(unrestricted, virtualMachineOperationKind, {
    apiVersion: API_VERSION,
    kind: 'VirtualMachineOperation',
    metadata: { namespace, name },
    spec: { machineName, type, ...over },
  } as never);
  return name;
}
