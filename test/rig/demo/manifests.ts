/** What the demo applies, as files that a person can read, change and apply again. */

const apiVersion = 'virtfleet.io/v1alpha1';

export const networkName = 'lab';
export const machineNames: readonly string[] = ['web-1', 'web-2', 'web-3', 'web-4'];

export function network(): object {
  return {
    apiVersion,
    kind: 'VirtualNetwork',
    metadata: { name: networkName },
    spec: { mode: 'NAT', ipv4: { cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.50', end: '10.40.0.200' } } },
  };
}

export function machine(name: string): object {
  return {
    apiVersion,
    kind: 'VirtualMachine',
    metadata: { name, labels: { app: 'web' } },
    spec: {
      cpu: { cores: 1 },
      memory: { size: '128Mi' },
      disks: [{ name: 'root', template: { poolName: 'local', imageName: 'tiny', size: '128Mi' } }],
      interfaces: [{ name: 'lan', networkName }],
      cloudInit: { userData: `#cloud-config\nruncmd:\n- echo this command came from the seed of ${name}\n` },
    },
  };
}

/** The disk of a machine at another size, as a JSON patch. */
export function resizeRoot(size: string): string {
  return JSON.stringify([{ op: 'replace', path: '/spec/disks/0/template/size', value: size }]);
}
