import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type VirtualMachineImage, virtualMachineImageKind } from '#api/v1alpha1/virtual-machine-image.ts';
import { KubeClient } from '#kube/client.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { eventually } from '../jobs/eventually.ts';
import { FileServer } from './file-server.ts';
import { aQcow2, sha256 } from './images.ts';

/** Effects of a fetch before which the process is killed; each stands for what is half done then. */
const CRASH_BEFORE = [
  { name: 'queueing', before: 'redis:job.add' },
  { name: 'creating', before: 'libvirt:volume.create' },
  { name: 'uploading', before: 'libvirt:volume.upload' },
  // All is written, and nobody has said so.
  { name: 'telling', before: 'libvirt:volume.upload+1' },
];
describe('the operator is killed in the midst of a fetch', () => {
  let rig: RigClient;
  let client: KubeClient;
  let server: FileServer;
  let good: Buffer;
  let dir: string;
  const namespace = `crash-${randomUUID().slice(0, 8)}`;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    rig = rigFromEnv();
    await rig.unclaimHosts();
    client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
    await rig.kubectl.run('create', 'namespace', namespace);
    server = await FileServer.start();
    good = await aQcow2();
    dir = await mkdtemp(join(tmpdir(), 'virtfleet-crash-'));
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await client?.close();
    await server?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  async function start(env: Record<string, string>): Promise<ChildProcess> {
    const child = fork(new URL('./operator-process.ts', import.meta.url), [namespace], {
      env: { ...process.env, ...env, VIRTFLEET_LOG_LEVEL: 'error' },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    children.push(child);
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    return child;
  }
  async function stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
  const create = (name: string): Promise<VirtualMachineImage> =>
    client.create(unrestricted, virtualMachineImageKind, {
      apiVersion: 'virtfleet.io/v1alpha1',
      kind: 'VirtualMachineImage',
      metadata: { name, namespace },
      spec: { format: 'QCOW2', http: { url: server.serve('/disk', good), checksum: sha256(good) }, pools: ['shared'] },
    });
  const read = (name: string): Promise<VirtualMachineImage | null> =>
    client.get(virtualMachineImageKind, { namespace, name });
  const ready = (name: string, timeoutMs: number): Promise<true> =>
    eventually(
      `${name} is Ready`,
      async () => (await read(name))?.status?.phase === 'Ready',
      timeoutMs,
    ) as Promise<true>;
  /** Also ends the process that did it. */
  async function remove(name: string, operator?: ChildProcess): Promise<void> {
    await client.delete(unrestricted, virtualMachineImageKind, { namespace, name });
    await eventually(`${name} is gone`, async () => (await read(name)) === null, 60_000);
    if (operator) await stop(operator);
  }
  async function volumes(uid: string): Promise<string[]> {
    const [host] = rig.hosts;
    await rig.virsh(host?.name ?? '', 'pool-refresh', 'shared');
    return (await rig.virsh(host?.name ?? '', 'vol-list', 'shared')).split('\n').filter((line) => line.includes(uid));
  }

  async function crash(name: string, before: string): Promise<void> {
    const child = await start({ VIRTFLEET_CRASH_AT: before });
    const isDead = (): boolean => child.signalCode === 'SIGKILL';
    await eventually(
      'the process is killed, or the image is ready before it',
      async () => {
        return isDead() || (await read(name))?.status?.phase === 'Ready';
      },
      60_000,
    );
    // Ready without having come to that effect: there was no crash to recover from, and the test says nothing.
    expect(isDead()).toBe(true);
  }

  it.each(CRASH_BEFORE)(
    'before $name: the next one goes on, and leaves nothing else',
    { timeout: 240_000 },
    async (point) => {
      const { metadata } = await create(point.name);
      await crash(point.name, point.before);
      const next = await start({});
      await ready(point.name, 90_000);
      expect(await volumes(metadata.uid)).toHaveLength(1);
      await remove(point.name, next);
      expect(await volumes(metadata.uid)).toEqual([]);
    },
  );
});
