import { readFileSync } from 'node:fs';
import type { GuestImage } from './args.ts';
import { clientFiles } from './host-files.ts';
import { operatorNamespace } from './identity.ts';
import type { BuiltImage } from './images.ts';
import { type HostPlan, hostUri } from './plan.ts';

const apiVersion = 'virtfleet.io/v1alpha1';

/** Where the pools are on every host (see host-init.sh). */
export const localPath = '/srv/virtfleet/local';
export const sharedPath = '/srv/virtfleet/shared';

const sshSecret = 'rig-ssh';
const tlsSecret = 'rig-tls';

/** What gets the operator into the hosts, under the keys of Kubernetes' own Secret types. */
function secrets(dir: string): object[] {
  const files = clientFiles(dir);
  const data = (entries: Record<string, string>) =>
    Object.fromEntries(Object.entries(entries).map(([key, file]) => [key, readFileSync(file).toString('base64')]));
  const secret = (name: string, type: string, entries: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: operatorNamespace },
    type,
    data: data(entries),
  });
  return [
    secret(sshSecret, 'kubernetes.io/ssh-auth', {
      'ssh-privatekey': files.sshKeyFile,
      known_hosts: files.knownHostsFile,
    }),
    secret(tlsSecret, 'kubernetes.io/tls', {
      'ca.crt': files.caFile,
      'tls.crt': files.certFile,
      'tls.key': files.keyFile,
    }),
  ];
}

function hostObject(host: HostPlan): object {
  const credentials: Record<string, string> = { ssh: sshSecret, tls: tlsSecret };
  const name = credentials[host.transport];
  return {
    apiVersion,
    kind: 'Host',
    metadata: { name: host.name, labels: { 'rig.virtfleet.io/kind': host.kind } },
    spec: {
      uri: hostUri(host),
      ...(name ? { credentialsRef: { name } } : {}),
      ...(host.kind === 'qemu' ? { migration: { address: host.address } } : {}),
    },
  };
}

/** Only on hosts with files: libvirt's test driver has none. */
const hostSelector = { matchLabels: { 'rig.virtfleet.io/kind': 'qemu' } };

function pools(): object[] {
  const pool = (name: string, spec: object) => ({
    apiVersion,
    kind: 'StoragePool',
    metadata: { name },
    spec: { type: 'Dir', hostSelector, ...spec },
  });
  return [
    pool('local', { targetPath: localPath, access: 'PerHost' }),
    pool('shared', { targetPath: sharedPath, access: 'Shared', locking: 'ImageLock' }),
  ];
}

/** The Secrets, Hosts and StoragePools of a rig. */
export function fleetObjects(dir: string, hosts: readonly HostPlan[]): object[] {
  if (hosts.length === 0) return [];
  const withFiles = hosts.some((host) => host.kind === 'qemu');
  return [...secrets(dir), ...hosts.map(hostObject), ...(withFiles ? pools() : [])];
}

/** The manifest of a guest image that the rig serves; it is kept ready in the pools that are named. */
export function imageObject(image: GuestImage, built: BuiltImage, server: string, pools: string[] = []): object {
  return {
    apiVersion,
    kind: 'VirtualMachineImage',
    metadata: { name: image },
    spec: {
      http: { url: `${server}/${image}.qcow2`, checksum: `sha256:${built.sha256}` },
      format: 'QCOW2',
      ...(pools.length > 0 ? { pools } : {}),
    },
  };
}
