/** Bad input as data: what a person gets wrong, or tries on purpose, who refuses it, and what must be said. */

export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  spec: Record<string, unknown>;
}

export interface Secret {
  apiVersion: 'v1';
  kind: 'Secret';
  metadata: { name: string; namespace: string };
  stringData: Record<string, string>;
  /** What is no text, in base64. */
  data: Record<string, string>;
}

/**
 * - `api server`: the object is never stored.
 * - `controller`: it is stored, and nothing of it is sent to a host.
 * - `host pool`: a host or its libvirt refuses it: what was tried leaves nothing behind.
 * - `image check`: the bytes were fetched (or not even that), and none of them reaches a host.
 */
export type RefusedBy = 'api server' | 'controller' | 'host pool' | 'image check';

export interface BadInput {
  /** What is wrong, in a few words: the name of the test. */
  wrong: string;
  refusedBy: RefusedBy;
  object: ApiObject;
  /** The object as it was before, when the mistake is in changing it. */
  before?: ApiObject;
  /** What is applied first, and is sound: what the object takes, or stands against. */
  with?: readonly (ApiObject | Secret)[];
  /** Each must be in the message: what it is about, the cause, the mend. */
  says: readonly string[];
}

/** Cases that the API server refuses: its own words name kind and object in front of ours. */
export const atApiServer = (cases: readonly Omit<BadInput, 'refusedBy'>[]): BadInput[] =>
  cases.map((one) => ({ ...one, refusedBy: 'api server' }));

const build =
  (kind: string, base: Record<string, unknown>, namespace?: string) =>
  (spec: Record<string, unknown> = {}, name = 'x'): ApiObject => ({
    apiVersion: 'virtfleet.io/v1alpha1',
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    // An override of undefined takes the field out.
    spec: Object.fromEntries(Object.entries({ ...base, ...spec }).filter(([, value]) => value !== undefined)),
  });

/** Valid objects; a case names only what is wrong with it. */
export const aHost = build('Host', { uri: 'qemu+ssh://virt@h1.example.com/system', credentialsRef: { name: 'h1' } });
export const aPool = build('StoragePool', { type: 'Dir', targetPath: '/var/lib/virtfleet/local' });
export const aVolume = build('StorageVolume', { poolName: 'local', size: '10Gi' }, 'default');
export const aNetwork = build('VirtualNetwork', { mode: 'NAT', ipv4: { cidr: '10.40.0.0/24' } }, 'default');
export const anImage = build(
  'VirtualMachineImage',
  { http: { url: 'https://images.example.com/debian.qcow2', checksum: `sha256:${'0'.repeat(64)}` } },
  'default',
);
export const anOperation = build('VirtualMachineOperation', { machineName: 'web', type: 'Stop' }, 'default');
export const aDisk = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'root',
  template: { poolName: 'local', size: '10Gi' },
  ...over,
});
export const aClass = build('VirtualMachineClass', { cpu: { cores: 2 }, memory: { size: '4Gi' } });
export const aReview = build('PlacementReview', { drainHost: 'h1' });
export const aQuota = build('VirtualMachineQuota', { hard: { cpu: 16, memory: '64Gi' } }, 'default');
export const aMachine = build('VirtualMachine', { memory: { size: '1Gi' }, disks: [aDisk()] }, 'default');
