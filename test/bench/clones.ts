/** Linked clones on QEMU: image, network and what every one of them is like. */
import { virtualMachineImageKind, virtualNetworkKind } from '#api/v1alpha1/index.ts';
import type { RigClient } from '../rig/client.ts';
import { buildImage, publishImage } from '../rig/images.ts';
import { imageObject } from '../rig/objects.ts';
import { waitFor } from '../rig/wait.ts';
import { type Fleet, namespace } from './fleet.ts';

/** Template disk, cloud-init seed and a reserved address: all that a machine commonly has. */
export const clone = {
  cpu: { cores: 1 },
  memory: { size: '128Mi' },
  disks: [{ name: 'root', template: { poolName: 'local', imageName: 'tiny' } }],
  interfaces: [{ name: 'lan', networkName: 'lab' }],
  cloudInit: { userData: '#cloud-config\nhostname: bench\n' },
  terminationGracePeriodSeconds: 0,
};

/** The same without a seed, as the count of writes has it. */
export const { cloudInit: _, ...plainClone } = clone;

export async function prepareClones(rig: RigClient, fleet: Fleet): Promise<void> {
  const built = await buildImage('tiny');
  publishImage(rig.dir, 'tiny', built);
  const { spec } = imageObject('tiny', built, rig.imageServer.http, ['local']) as { spec: object };
  await fleet.apply(virtualMachineImageKind, 'tiny', spec);
  await fleet.apply(virtualNetworkKind, 'lab', { mode: 'NAT', ipv4: { cidr: '10.96.0.0/16' } });
  await waitFor(
    'image tiny to be on every host',
    async () => {
      const image = await fleet.client.get(virtualMachineImageKind, { namespace, name: 'tiny' });
      const copies = (image?.status?.copies ?? []).filter(({ phase }) => phase === 'Ready');
      return copies.length >= rig.hosts.length;
    },
    { timeoutMs: 180_000, intervalMs: 250 },
  );
}
