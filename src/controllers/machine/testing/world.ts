/** A small fleet for tests: caches and connections that are changed by hand, and tell of it as the real ones do. */
import { type Host as HostObject, hostSpec } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineClass } from '#api/v1alpha1/virtual-machine-class.ts';
import type { VirtualMachineQuota } from '#api/v1alpha1/virtual-machine-quota.ts';
import type { Host, HostChange, PoolRecord } from '#hostpool/types.ts';
import { poolUuid } from '#libvirt/names.ts';
import type { ControllerDeps } from '../../deps.ts';
import type { SizedMachine } from '../../size.ts';
import { aMachine, aPool } from '../testing.ts';

const pool = aPool('local');
type Heard<T> = (type: string, now: T, old?: T) => void;
const at = '2026-01-01T00:00:00Z';

/** Caches and connections that a test changes by hand, and that tell of it as the real ones do. */
export class World {
  readonly objects = new Map<string, HostObject>();
  readonly entries = new Map<
    string,
    { uid: string; inSight: boolean; inventory: { pools: Map<string, PoolRecord> } }
  >();
  readonly machines: VirtualMachine[] = [];
  readonly priorityClasses = new Map<string, { value: number }>();
  readonly quotas: VirtualMachineQuota[] = [];
  readonly classes = new Map<string, VirtualMachineClass>();
  readonly #followed: ((type: string, host: HostObject) => void)[] = [];
  readonly #heard: Heard<VirtualMachine>[] = [];
  readonly #ranked: Heard<{ value: number }>[] = [];
  readonly #limited: Heard<VirtualMachineQuota>[] = [];
  readonly #sized: Heard<VirtualMachineClass>[] = [];
  readonly #told: ((change: HostChange) => void)[] = [];
  readonly deps = {
    fleetId: 'f',
    config: {},
    informers: {
      hosts: {
        list: () => [...this.objects.values()],
        get: (name: string) => this.objects.get(name),
        onChange: (listener: (type: string, host: HostObject) => void) => {
          this.#followed.push(listener);
          for (const host of this.objects.values()) listener('added', host);
        },
      },
      machines: {
        get: (key: string) => this.machines.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key),
        byIndex: () => this.machines.filter(({ status }) => !status?.host),
        onChange: (listener: Heard<VirtualMachine>) => this.#heard.push(listener),
      },
      priorityClasses: {
        get: (name: string) => this.priorityClasses.get(name),
        onChange: (listener: Heard<{ value: number }>) => this.#ranked.push(listener),
      },
      classes: {
        get: (name: string) => this.classes.get(name),
        onChange: (listener: Heard<VirtualMachineClass>) => this.#sized.push(listener),
      },
      quotas: {
        byIndex: () => this.quotas,
        onChange: (listener: Heard<VirtualMachineQuota>) => this.#limited.push(listener),
      },
      migrations: { byIndex: () => [], byUid: () => undefined, list: () => [], onChange: () => {} },
      networks: { get: () => undefined },
      images: { get: () => undefined },
      volumes: { get: () => undefined },
      pools: { list: () => [pool], get: (name: string) => (name === 'local' ? pool : undefined), onChange: () => {} },
    },
    hosts: {
      get: (name: string) => this.entries.get(name) as Host | undefined,
      onChange: (listener: (change: HostChange) => void) => this.#told.push(listener),
    },
  } as unknown as ControllerDeps;

  /** The cache shows another version of the machine. */
  machine(now: VirtualMachine): void {
    const at = this.machines.findIndex(({ metadata }) => metadata.uid === now.metadata.uid);
    const old = this.machines[at];
    this.machines.splice(old ? at : this.machines.length, old ? 1 : 0, now);
    for (const hear of this.#heard) hear(old ? 'updated' : 'added', now, old);
  }

  priorityClass(name: string, value: number): void {
    const old = this.priorityClasses.get(name);
    this.priorityClasses.set(name, { value });
    for (const hear of this.#ranked) hear(old ? 'updated' : 'added', { value }, old);
  }

  quota(now: VirtualMachineQuota): void {
    const at = this.quotas.findIndex(({ metadata }) => metadata.uid === now.metadata.uid);
    const old = this.quotas[at];
    this.quotas.splice(old ? at : this.quotas.length, old ? 1 : 0, now);
    for (const hear of this.#limited) hear(old ? 'updated' : 'added', now, old);
  }

  class(now: VirtualMachineClass): void {
    const old = this.classes.get(now.metadata.name);
    this.classes.set(now.metadata.name, now);
    for (const hear of this.#sized) hear(old ? 'updated' : 'added', now, old);
  }

  /** A Host of that uid, with as many CPUs as its name says. */
  host(
    name: string,
    uid: string,
    over: { cpu?: number; counted?: number; freeGiB?: number; inSight?: boolean } = {},
  ): void {
    const { cpu = 8, counted = 0, freeGiB = 10, inSight = true } = over;
    const condition = (type: string) => ({
      type,
      status: 'True' as const,
      reason: 'Ready',
      message: '',
      lastTransitionTime: at,
    });
    const object: HostObject = {
      apiVersion: 'virtfleet.io/v1alpha1',
      kind: 'Host',
      metadata: { name, uid, resourceVersion: '1', creationTimestamp: at },
      spec: hostSpec.parse({ uri: 'test:///default' }),
      status: {
        architecture: 'x86_64',
        domainTypes: ['qemu'],
        allocatable: { cpu: String(cpu), memory: '16Gi' },
        allocated: { cpu: String(counted), memory: 0 },
        conditions: [condition('Ready'), condition('Schedulable')],
      },
    };
    this.objects.set(name, object);
    this.entries.set(name, { uid, inSight, inventory: { pools: new Map() } });
    this.pool(name, freeGiB);
    for (const follow of this.#followed) follow('updated', object);
  }

  pool(name: string, freeGiB: number): void {
    const entry = this.entries.get(name);
    const uuid = poolUuid('f', pool.metadata.uid);
    const availableBytes = BigInt(freeGiB) * 2n ** 30n;
    entry?.inventory.pools.set(uuid, { uuid, name: 'local', active: true, availableBytes } as PoolRecord);
    for (const tell of this.#told) tell({ host: name, kind: 'pool' });
  }

  remove(name: string): void {
    const object = this.objects.get(name);
    this.objects.delete(name);
    this.entries.delete(name);
    if (object) for (const follow of this.#followed) follow('deleted', object);
  }
}

/** A machine of so many cores; with a host it is placed there. */
export const worldMachine = (
  uid: string,
  cores: number,
  host?: { name: string; uid: string },
  scheduling: object = {},
): SizedMachine => {
  const made = aMachine({ cpu: { cores }, scheduling }, host ? { host } : undefined);
  return { ...made, metadata: { ...made.metadata, uid, name: uid } };
};
