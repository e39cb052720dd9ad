/** Bad input: what a person gets wrong, and the words that the API server's answer must have. */

export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: Record<string, unknown>;
}

export interface BadInput {
  /** What is wrong, in a few words: the name of the test. */
  wrong: string;
  object: ApiObject;
  /** The object as it was before, when the mistake is in changing it. */
  before?: ApiObject;
  /** Each must be in the message: the field, and what to do. */
  says: readonly string[];
}

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
export const aMachine = build('VirtualMachine', { memory: { size: '1Gi' }, disks: [aDisk()] }, 'default');
