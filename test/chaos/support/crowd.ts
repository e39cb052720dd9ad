/** Many machines at once, and small ones: nothing boots from their blank disks, so that 50 of them leave room to look. */
import { type Host, hostKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { errorClassOf } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import { apply, client, isTrue, namespace, remove, rig, small } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { collect } from '../check/index.ts';

export const blankDisk = (over: object = {}): object => ({
  name: 'root',
  template: { poolName: 'local', size: '8Mi', ...over },
});

export const blank = (over: object = {}): { spec: object } =>
  small({ memory: { size: '64Mi' }, disks: [blankDisk()], ...over });

export const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i + 1}`);

/** Hosts that take as many machines as they are given: their CPUs are the tests' own. Returns what takes that back. */
export async function makeRoom(): Promise<() => Promise<void>> {
  const before = await client.listAll(hostKind);
  const write = async (overcommitOf: (host: Host) => unknown): Promise<void> => {
    for (const host of before) {
      const { name, uid } = host.metadata;
      await client.patchByUid(unrestricted, hostKind, { name, uid }, { spec: { overcommit: overcommitOf(host) } });
    }
  };
  await write(({ spec }) => ({ ...spec.overcommit, cpu: '64' }));
  return () => write(({ spec }) => spec.overcommit ?? null);
}

/** A user who has no answer asks again: to apply and to delete twice is the same as once. */
async function patiently(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      const hasNoAnswer = ['Transient', 'OutcomeUnknown'].includes(errorClassOf(error));
      if (!hasNoAnswer || tries >= 5) throw error;
    }
  }
}

export async function applyAll(all: readonly string[], over: object = {}): Promise<void> {
  await Promise.all(all.map((name) => patiently(() => apply(virtualMachineKind, name, blank(over)))));
}

export async function removeAll(all: readonly string[]): Promise<void> {
  await Promise.all(all.map((name) => patiently(() => remove(virtualMachineKind, name))));
}

export const machines = async (): Promise<VirtualMachine[]> => await client.listAll(virtualMachineKind, { namespace });

const isSettled = (vm: VirtualMachine): boolean =>
  vm.status?.observedGeneration === vm.metadata.generation && isTrue(vm, 'Ready');

/** Waits until all of them are as specified; what those were like that are not is in the error. */
export async function allReady(all: readonly string[], timeoutMs = 300_000): Promise<VirtualMachine[]> {
  let left: VirtualMachine[] = [];
  let found: VirtualMachine[] = [];
  const done = await waitFor(
    `${all.length} machines to be ready`,
    async () => {
      const there = await machines();
      found = there.filter(({ metadata }) => all.includes(metadata.name));
      left = found.filter((vm) => !isSettled(vm));
      return found.length === all.length && left.length === 0;
    },
    { timeoutMs, intervalMs: 500, orElse: 'continue' },
  );
  if (done) return found;
  const told = left.slice(0, 5).map(({ metadata, status }) => `${metadata.name}: ${JSON.stringify(status)}`);
  throw new Error(`${found.length} of ${all.length} machines are there, ${left.length} not ready:\n${told.join('\n')}`);
}

export async function allGone(all: readonly string[], timeoutMs = 300_000): Promise<void> {
  await waitFor(
    `${all.length} machines to be gone`,
    async () => (await machines()).every(({ metadata }) => !all.includes(metadata.name)),
    { timeoutMs, intervalMs: 500 },
  );
}

/** How many of those machines run by now. */
export async function runningOf(all: readonly string[]): Promise<number> {
  return (await machines()).filter((vm) => all.includes(vm.metadata.name) && isTrue(vm, 'Running')).length;
}

/** Domains with our stamp over all hosts, by namespace/name: where each is. */
export async function domainsByName(): Promise<Map<string, string[]>> {
  const facts = await collect(rig, client);
  const found = new Map<string, string[]>();
  for (const { name, libvirt } of facts.seen) {
    for (const { stamp } of libvirt?.domains ?? []) {
      if (stamp?.fleet !== facts.fleet) continue;
      const key = `${stamp.namespace}/${stamp.name}`;
      found.set(key, [...(found.get(key) ?? []), name]);
    }
  }
  return found;
}
