/**
 * The operator is killed before and after each of its effects while it makes, changes and removes a machine. At no point
 * is anything there twice; in the end everything is as it would have been without the crashes.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  hostKind,
  type KubeObject,
  type ResourceKind,
  storagePoolKind,
  type VirtualMachine,
  virtualMachineKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import { KubeClient } from '#kube/client.ts';
import { unrestricted } from '#platform/right.ts';
import { collect, expectSound, judge } from '../../chaos/check/index.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';
import { OperatorProcess } from './operator-process.ts';

const rig = rigFromEnv();
const client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
const namespace = 'crash-points';
const name = 'mortal';
const ref = { namespace, name };
const namespaces: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

async function apply<T extends KubeObject>(kind: ResourceKind<T>, object: string, spec?: object): Promise<void> {
  const metadata = kind.namespaced ? { name: object, namespace } : { name: object };
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const body = { apiVersion, kind: kind.kind, metadata, ...(spec ? { spec } : {}) };
  await client.apply(unrestricted, kind, body as never, { fieldManager: 'test', force: true });
}

const disk = (disk: string, size: string): object => ({ name: disk, template: { poolName: 'local', size } });

/** With a seed and an interface, so that every step of the road is there; nothing boots from its blank disk. */
const applyMachine = (disks: object[]): Promise<void> =>
  apply(virtualMachineKind, name, {
    memory: { size: '128Mi' },
    terminationGracePeriodSeconds: 0,
    disks,
    interfaces: [{ name: 'lan', networkName: 'lab' }],
    cloudInit: { userData: '#cloud-config\n{}\n' },
  });

const machine = (): Promise<VirtualMachine | null> => client.get(virtualMachineKind, ref);
/** As its spec says now. */
async function runs(): Promise<boolean> {
  const { status, metadata } = (await machine()) ?? {};
  if (status?.observedGeneration !== metadata?.generation) return false;
  return status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
}
const isGone = async (): Promise<boolean> => (await machine()) === null;
const quick = { timeoutMs: 60_000, intervalMs: 50 };

beforeAll(async () => {
  await rig.unclaimHosts();
  await apply(namespaces, namespace);
  await apply(virtualNetworkKind, 'lab', { mode: 'Isolated', ipv4: { cidr: '10.79.0.0/24' } });
  const operator = new OperatorProcess(rig);
  await waitFor(
    'hosts and pools to be ready',
    async () => {
      const objects = [...(await client.listAll(hostKind)), ...(await client.listAll(storagePoolKind))];
      return objects.every(({ status }) => status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'));
    },
    quick,
  );
  await client.delete(unrestricted, virtualMachineKind, ref); // of a run that was broken off
  await waitFor('an older machine to be gone', isGone, quick);
  await operator.stop();
});

afterAll(async () => {
  const operator = new OperatorProcess(rig);
  await client.delete(unrestricted, virtualMachineKind, ref);
  await waitFor('the machine to be gone', isGone, quick);
  await client.delete(unrestricted, virtualNetworkKind, { namespace, name: 'lab' });
  await waitFor(
    'the network to be gone',
    async () => (await client.get(virtualNetworkKind, { namespace, name: 'lab' })) === null,
    quick,
  );
  await operator.stop();
  await client.close();
});

/** One life: it dies right before its k-th effect, unless the goal is reached before. */
async function live(k: number, goal: () => Promise<boolean>): Promise<{ isReached: boolean; effects: string[] }> {
  const operator = new OperatorProcess(rig, { crashAt: k });
  const stop = new AbortController();
  const reached = waitFor('the goal or the crash', goal, { ...quick, signal: stop.signal }).then(() => true);
  reached.catch(() => {}); // given up when the crash comes first
  const isReached = await Promise.race([operator.ended.then(() => false), reached]);
  stop.abort();
  const effects = operator.effects();
  await operator.stop();
  return { isReached, effects };
}

/**
 * Life after life, each dead after one effect, later after two, and so on, until the goal is reached: some things (the
 * upload of a seed) are done anew in each life until they stand in status. So there is a crash before and after every
 * effect on the road. While no operator is there, it is looked for what may never be seen.
 */
async function throughCrashes(doing: string, goal: () => Promise<boolean>): Promise<string[]> {
  const last: string[] = [];
  for (let life = 0; ; life++) {
    expect(life, `lives until ${doing} is done; the last effects were ${last.slice(-10).join(', ')}`).toBeLessThan(80);
    const { isReached, effects } = await live(2 + Math.floor(life / 3), goal);
    last.push(...effects);
    const broken = judge(await collect(rig, client)).filter(({ never }) => never);
    expect(broken, `${doing}, after a crash before ${effects.at(-1)}`).toEqual([]);
    if (isReached) return last;
  }
}

async function settled(): Promise<void> {
  const operator = new OperatorProcess(rig);
  await expectSound(rig, { client });
  await operator.stop();
}

test('a machine is made once, changed and removed wholly, wherever the operator dies', async () => {
  await applyMachine([disk('root', '8Mi')]);
  const made = await throughCrashes('create', runs);
  await settled();
  expect((await machine())?.status?.run?.generation, 'it was started once').toBe(1);
  expect(made).toContain('libvirt:domain.define');

  await applyMachine([disk('root', '16Mi'), disk('data', '8Mi')]);
  await throughCrashes('change', runs);
  await settled();
  const volumes = (await machine())?.status?.volumes ?? [];
  expect(volumes.map(({ name: volume, phase, sizeBytes }) => [volume, phase, sizeBytes])).toEqual(
    expect.arrayContaining([
      ['root', 'Ready', 16 * 2 ** 20],
      ['data', 'Ready', 8 * 2 ** 20],
    ]),
  );

  await client.delete(unrestricted, virtualMachineKind, ref);
  await throughCrashes('delete', isGone);
  await settled();
}, 600_000);
