/** What the stories about hosts share. */
import { expect } from 'vitest';
import { type Host, hostKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  client,
  condition,
  get,
  gone,
  isTrue,
  namespace,
  placeOf,
  ready,
  remove,
  rig,
  small,
  until,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';

/** A machine with little to do: nothing boots from a blank disk, and it needs no image. */
export const blank = (over: object = {}): { spec: object } =>
  small({ disks: [{ name: 'root', template: { poolName: 'local', size: '8Mi' } }], ...over });

/** Bound to one host by its name. */
export const on = (host: string): object => ({ scheduling: { hostSelector: { matchLabels: { [LABEL]: host } } } });
const LABEL = 'chaos.virtfleet.io/host';

/** Gives every host of the rig the label that `on` selects by. */
export async function labelHosts(): Promise<void> {
  for (const { name } of rig.hosts) await mergeHost(name, { metadata: { labels: { [LABEL]: name } } });
}

export async function mergeHost(name: string, patch: object): Promise<void> {
  const host = await hostObject(name);
  await client.patchByUid(unrestricted, hostKind, { name, uid: host.metadata.uid }, patch as never);
}

export async function hostObject(name: string): Promise<Host> {
  const host = await get(hostKind, name);
  if (!host) throw new Error(`there is no Host ${name}`);
  return host;
}

/** Waits until the Host is Ready. */
export async function hostReady(name: string, timeoutMs = 60_000): Promise<Host> {
  return await until(hostKind, name, 'be Ready', (host) => isTrue(host, 'Ready'), timeoutMs);
}

/** Waits for a condition of a Host to have that reason, and returns its message. */
export async function hostSays(name: string, type: string, reason: string, timeoutMs = 60_000): Promise<string> {
  const host = await until(
    hostKind,
    name,
    `have ${type} with reason ${reason}`,
    (object) => condition(object, type)?.reason === reason,
    timeoutMs,
  );
  return condition(host, type)?.message ?? '';
}

/** Makes machines on that host, and waits until they run. */
export async function machinesOn(host: string, names: readonly string[]): Promise<VirtualMachine[]> {
  await Promise.all(names.map((name) => apply(virtualMachineKind, name, blank(on(host)))));
  const machines = await Promise.all(names.map((name) => ready(name, 120_000)));
  expect(machines.map((vm) => placeOf(vm).host)).toEqual(names.map(() => host));
  return machines;
}

export async function removeMachines(names: readonly string[]): Promise<void> {
  for (const name of names) await remove(virtualMachineKind, name);
  await Promise.all(names.map((name) => gone(virtualMachineKind, name, 120_000)));
}

/** How often the machine was started, as its record says: a start too many is a defect. */
export const starts = (vm: VirtualMachine): number => vm.status?.run?.generation ?? 0;

/** Waits until the machine is gone; unlike `gone` it does not ask for it. */
export async function awaitGone(name: string, timeoutMs = 120_000): Promise<void> {
  await waitFor(`${namespace}/${name} to be gone`, async () => (await get(virtualMachineKind, name)) === null, {
    timeoutMs,
    intervalMs: 150,
  });
}

/** The notes of the events of a Host, newest last. */
export async function hostEvents(name: string): Promise<{ reason: string; note: string }[]> {
  const host = await hostObject(name);
  const events = await client.listAll(eventKind, { namespace: 'default' });
  return events
    .filter(({ regarding }) => regarding?.uid === host.metadata.uid)
    .map(({ reason, note = '' }) => ({ reason, note }));
}

const eventKind = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
} as import('#api/v1alpha1/index.ts').ResourceKind<
  import('#api/v1alpha1/index.ts').KubeObject & {
    reason: string;
    note?: string;
    regarding?: { kind: string; name: string; uid: string };
  }
>;
