import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StorageVolume, storageVolumeKind } from '#api/v1alpha1/storage-volume.ts';
import { type VirtualMachineImage, virtualMachineImageKind } from '#api/v1alpha1/virtual-machine-image.ts';
import { HostPool } from '#hostpool/pool.ts';
import { createImageFetch } from '#jobs/image-fetch/index.ts';
import { openQueue, startWorker } from '#jobs/index.ts';
import { KubeClient } from '#kube/client.ts';
import { Manager } from '#kube/manager.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { systemClock } from '#platform/clock.ts';
import { unrestricted } from '#platform/right.ts';
import type { ControllerDeps } from '../../../src/controllers/deps.ts';
import { hostController } from '../../../src/controllers/host/controller.ts';
import { imageController } from '../../../src/controllers/image/controller.ts';
import { openInformers } from '../../../src/controllers/informers.ts';
import { poolController } from '../../../src/controllers/pool/controller.ts';
import { volumeController } from '../../../src/controllers/volume/controller.ts';
import type { RigClient } from '../../rig/client.ts';
import { eventually } from '../jobs/eventually.ts';

const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

/** Those parts of the operator that images and volumes need, in the test's own process, on a real rig. */
export class StorageOperator implements AsyncDisposable {
  readonly client: KubeClient;
  readonly hosts: HostPool;
  readonly namespace: string;
  readonly #stop = new AbortController();
  readonly #ended: Promise<unknown>;
  readonly #cleanUp: (() => Promise<unknown>)[];

  private constructor(
    client: KubeClient,
    hosts: HostPool,
    namespace: string,
    run: (signal: AbortSignal) => Promise<unknown>,
    cleanUp: (() => Promise<unknown>)[],
  ) {
    this.client = client;
    this.hosts = hosts;
    this.namespace = namespace;
    this.#ended = run(this.#stop.signal);
    this.#cleanUp = cleanUp;
  }

  static async start(rig: RigClient, namespace?: string): Promise<StorageOperator> {
    const client = await KubeClient.connect({ kubeconfig: rig.operatorKubeconfig });
    const admin = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
    const fleet = await admin.get(namespaceKind, { name: 'kube-system' });
    const own = namespace ?? `images-${randomUUID().slice(0, 8)}`;
    if (namespace === undefined) {
      await admin.create(unrestricted, namespaceKind, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: own } });
    }
    const scratchDir = await mkdtemp(join(tmpdir(), 'vfi-'));
    const manager = new Manager({ client, identity: 'test', lease: null });
    const hosts = new HostPool({ leaseMarginMs: 5_000, scratchDir });
    const queue = openQueue({ redisUrl: rig.redisUrl, redisPrefix: `test-${own}` });
    const informers = openInformers(manager);
    const fleetId = fleet?.metadata.uid ?? '';
    const config = { namespace: 'virtfleet-system', reconcileConcurrency: 4 };
    const deps: ControllerDeps = {
      client,
      informers,
      hosts,
      queue,
      recorder: manager.events,
      clock: systemClock,
      fleetId,
      config,
    };
    for (const controller of [hostController, poolController, imageController, volumeController]) {
      manager.add(controller(deps));
    }
    const images = createImageFetch(
      { client, hosts, clock: systemClock, fleetId, identity: 'test' },
      { scratchDir, sources: ['127.0.0.1/32'], idleTimeoutMs: 3_000 },
    );
    const worker = startWorker(queue, { ImageFetch: { run: images.process, concurrency: 4 } });
    const cleanUp = [
      () => worker.stop(5_000),
      images.close,
      () => queue.close(),
      () => hosts.close(),
      () => admin.close(),
      () => rm(scratchDir, { recursive: true, force: true }),
    ];
    return new StorageOperator(admin, hosts, own, (signal) => manager.run(signal), cleanUp);
  }

  image(name: string, spec: Partial<VirtualMachineImage['spec']>): Promise<VirtualMachineImage> {
    return this.client.create(unrestricted, virtualMachineImageKind, {
      apiVersion: 'virtfleet.io/v1alpha1',
      kind: 'VirtualMachineImage',
      metadata: { name, namespace: this.namespace },
      spec: { format: 'QCOW2', ...spec },
    });
  }

  volume(name: string, spec: Partial<StorageVolume['spec']>): Promise<StorageVolume> {
    return this.client.create(unrestricted, storageVolumeKind, {
      apiVersion: 'virtfleet.io/v1alpha1',
      kind: 'StorageVolume',
      metadata: { name, namespace: this.namespace },
      spec: { poolName: 'shared', format: 'QCOW2', clone: 'Linked', ...spec },
    });
  }

  readImage(name: string): Promise<VirtualMachineImage | null> {
    return this.client.get(virtualMachineImageKind, { namespace: this.namespace, name });
  }

  readVolume(name: string): Promise<StorageVolume | null> {
    return this.client.get(storageVolumeKind, { namespace: this.namespace, name });
  }

  deleteImage(name: string): Promise<void> {
    return this.client.delete(unrestricted, virtualMachineImageKind, { namespace: this.namespace, name });
  }

  deleteVolume(name: string): Promise<void> {
    return this.client.delete(unrestricted, storageVolumeKind, { namespace: this.namespace, name });
  }

  /** Until the image's condition Ready has that reason; what it was instead is in the message of the failure. */
  imageReason(name: string, reason: string, timeoutMs = 30_000): Promise<VirtualMachineImage> {
    return this.#reason(() => this.readImage(name), reason, timeoutMs);
  }

  volumeReason(name: string, reason: string, timeoutMs = 30_000): Promise<StorageVolume> {
    return this.#reason(() => this.readVolume(name), reason, timeoutMs);
  }

  async #reason<T extends VirtualMachineImage | StorageVolume>(
    read: () => Promise<T | null>,
    reason: string,
    timeoutMs: number,
  ): Promise<T> {
    let last: unknown;
    try {
      return await eventually(
        `reason ${reason}`,
        async () => {
          const object = await read();
          last = object?.status;
          const ready = object?.status?.conditions?.find(({ type }) => type === 'Ready');
          return ready?.reason === reason ? object : null;
        },
        timeoutMs,
      );
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}; it was ${JSON.stringify(last)}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    for (const step of this.#cleanUp) await step();
  }
}
