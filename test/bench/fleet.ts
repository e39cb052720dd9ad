/** Machines by the API, as a user makes them: created, watched until they run, deleted. */
import { type KubeObject, type ResourceKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { KubeClient } from '#kube/client.ts';
import { Informer } from '#kube/informer.ts';
import { unrestricted } from '#platform/right.ts';
import type { RigClient } from '../rig/client.ts';
import { waitFor } from '../rig/wait.ts';

export const namespace = 'bench';

const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

export const isRunning = ({ status }: VirtualMachine): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'Running' && status === 'True') === true &&
  status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');

/** Does `work` for each item, `width` at a time. */
export async function eachOf<T>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

export const namesOf = (prefix: string, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${prefix}-${String(from + i).padStart(5, '0')}`);

/** One namespace of machines, with a watch that follows them. */
export class Fleet {
  readonly client: KubeClient;
  readonly #informer: Informer<VirtualMachine>;
  readonly #closing = new AbortController();

  private constructor(client: KubeClient) {
    this.client = client;
    this.#informer = new Informer(client, virtualMachineKind, { namespaces: [namespace] });
  }

  static async open(rig: RigClient): Promise<Fleet> {
    const client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
    const fleet = new Fleet(client);
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } as never;
    await client.apply(unrestricted, namespaceKind, body, { fieldManager: 'bench', force: true });
    fleet.#informer.start(fleet.#closing.signal);
    await fleet.#informer.synced;
    return fleet;
  }

  async apply<T extends KubeObject>(kind: ResourceKind<T>, name: string, spec: object): Promise<void> {
    const metadata = kind.namespaced ? { name, namespace } : { name };
    const body = { apiVersion: `${kind.group}/${kind.version}`, kind: kind.kind, metadata, spec } as never;
    await this.client.apply(unrestricted, kind, body, { fieldManager: 'bench', force: true });
  }

  /** Asks for machines and returns how many seconds passed until every one of them was seen running. */
  async make(names: readonly string[], spec: object, width: number, timeoutMs: number): Promise<number> {
    const all = this.until(names, isRunning, timeoutMs);
    all.catch(() => {}); // seen below
    const begun = performance.now();
    await eachOf(names, width, (name) => this.#create(name, spec));
    await all;
    return (performance.now() - begun) / 1000;
  }

  async #create(name: string, spec: object): Promise<void> {
    const { group, version, kind } = virtualMachineKind;
    const body = { apiVersion: `${group}/${version}`, kind, metadata: { namespace, name }, spec } as never;
    await this.client.create(unrestricted, virtualMachineKind, body);
  }

  /** Resolves when each of them was seen as wanted. */
  async until(
    names: readonly string[],
    wanted: (machine: VirtualMachine) => boolean,
    timeoutMs: number,
  ): Promise<void> {
    const missing = new Set(names);
    const done = Promise.withResolvers<void>();
    let isOver = false;
    const look = (machine: VirtualMachine): void => {
      if (isOver || !missing.has(machine.metadata.name) || !wanted(machine)) return;
      missing.delete(machine.metadata.name);
      if (missing.size === 0) done.resolve();
    };
    const timer = setTimeout(() => done.reject(this.#late(missing, timeoutMs)), timeoutMs);
    this.#informer.onChange((type, machine) => {
      if (type !== 'deleted') look(machine);
    });
    try {
      await done.promise;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  #late(missing: ReadonlySet<string>, timeoutMs: number): Error {
    const [name = ''] = missing;
    const status = this.#informer.get(`${namespace}/${name}`)?.status;
    const why = status?.message ?? 'it has no status yet';
    return new Error(`${missing.size} machines were not as wanted after ${timeoutMs / 1000} s; ${name}: ${why}`);
  }

  list(): VirtualMachine[] {
    return this.#informer.list();
  }

  onChange(handler: (machine: VirtualMachine) => void): void {
    this.#informer.onChange((type, machine) => {
      if (type !== 'deleted') handler(machine);
    });
  }

  /** Deletes all machines but those to be kept, and waits until the last object is gone. */
  async clear(timeoutMs: number, keep: ReadonlySet<string> = new Set()): Promise<void> {
    const ofArm = ({ metadata }: VirtualMachine): boolean => !keep.has(metadata.name);
    await eachOf(this.list().filter(ofArm), 16, ({ metadata: { name } }) =>
      this.client.delete(unrestricted, virtualMachineKind, { namespace, name }),
    );
    await waitFor('all machines to be gone', () => !this.list().some(ofArm), { timeoutMs, intervalMs: 50 });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#informer.stopped();
    await this.client.close();
  }
}
