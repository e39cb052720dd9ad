/** Machines on the hosts of a rig, and moves of them, as the controllers would have decided them. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoragePool, storagePoolKind } from '#api/v1alpha1/storage-pool.ts';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/virtual-machine.ts';
import { type VirtualMachineImage, virtualMachineImageKind } from '#api/v1alpha1/virtual-machine-image.ts';
import {
  type MigrationOperation,
  type VirtualMachineMigration,
  type VirtualMachineMigrationSpec,
  virtualMachineMigrationKind,
} from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VirtualMachineStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import {
  createVolume,
  defineStamped,
  destroyDomain,
  ensurePool,
  refreshPoolContents,
  startDomain,
  undefineDomain,
  uploadVolume,
} from '#hostpool/ensure.ts';
import { HostPool } from '#hostpool/pool.ts';
import type { Host } from '#hostpool/types.ts';
import { createMigration } from '#jobs/migration/index.ts';
import { type JobSpec, jobId } from '#jobs/port.ts';
import { KubeClient } from '#kube/client.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { type DiskInput, documentHash, renderDomain } from '#libvirt/domain.ts';
import { domainName, poolUuid } from '#libvirt/names.ts';
import { nocloudSeed } from '#libvirt/seed.ts';
import type { Stamp } from '#libvirt/stamp.ts';
import { machine as domainOf, MIB } from '#libvirt/testing/builders.ts';
import { renderVolume } from '#libvirt/volume.ts';
import { systemClock } from '#platform/clock.ts';
import { log } from '#platform/log.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { buildImage } from '../../rig/images.ts';
import { waitFor } from '../../rig/wait.ts';

const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
const apiVersion = 'virtfleet.io/v1alpha1';
const as = { subresource: 'status' } as const;
type PoolName = 'local' | 'shared';

export interface TestMachine {
  name: string;
  uuid: string;
  object: VirtualMachine;
}

/** What the hosts say of a machine, in virsh's words: `running (migrated)`, `absent`. */
export type Where = Record<string, string>;

export class Stage implements AsyncDisposable {
  readonly rig: RigClient;
  readonly client: KubeClient;
  readonly hosts: HostPool;
  readonly namespace: string;
  readonly fleet: string;
  readonly #dir: string;
  readonly #pools = new Map<string, StoragePool>();
  readonly #machines: TestMachine[] = [];
  #image: VirtualMachineImage | null = null;

  private constructor(rig: RigClient, client: KubeClient, fleet: string, namespace: string) {
    this.#dir = mkdtempSync(join(tmpdir(), 'vf-move-'));
    this.rig = rig;
    this.client = client;
    this.fleet = fleet;
    this.namespace = namespace;
    this.hosts = new HostPool({ leaseMarginMs: 3_000, scratchDir: this.#dir });
  }

  static async start(): Promise<Stage> {
    const rig = rigFromEnv();
    await rig.unclaimHosts();
    const client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
    const system = await client.get(namespaceKind, { name: 'kube-system' });
    const namespace = `moves-${randomUUID().slice(0, 8)}`;
    await client.create(unrestricted, namespaceKind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const stage = new Stage(rig, client, system?.metadata.uid ?? '', namespace);
    connect(stage.hosts, rig, stage.fleet);
    for (const name of ['local', 'shared']) {
      const pool = await client.get(storagePoolKind, { name });
      if (pool !== null) stage.#pools.set(name, pool);
    }
    for (const name of ['h1', 'h2']) {
      const host = await stage.ready(name);
      for (const pool of stage.#pools.values()) {
        const { targetPath } = pool.spec;
        const wanted = {
          uuid: stage.#poolUuid(pool),
          name: pool.metadata.name,
          source: { type: 'Dir' },
          targetPath,
        } as const;
        await ensurePool(host, unrestricted, wanted, { build: 'Never' });
      }
    }
    return stage;
  }

  host(name: string): Host {
    const host = this.hosts.get(name);
    if (!host) throw new Error(`no host ${name}`);
    return host;
  }

  /**
   * Whether what a guest writes during a long move is there afterwards, so that it can be asked to go on. Not so under
   * software emulation before QEMU 9.0: "fix migration dirty bitmap coherency with TCG memory access".
   */
  get keepsMemory(): boolean {
    return Number.parseInt(this.host('h1').facts?.hypervisorVersion ?? '', 10) >= 9;
  }

  async ready(name: string): Promise<Host> {
    await waitFor(`${name} to be in sight`, () => this.host(name).inSight, { timeoutMs: 60_000, intervalMs: 10 });
    return this.host(name);
  }

  #poolUuid(pool: StoragePool): string {
    return poolUuid(this.fleet, pool.metadata.uid);
  }

  poolUuid(name: PoolName): string {
    const pool = this.#pools.get(name);
    if (!pool) throw new Error(`no pool ${name}`);
    return this.#poolUuid(pool);
  }

  /** A file of a pool as this machine sees it. */
  file(host: string, pool: PoolName, volume: string): string {
    return pool === 'shared'
      ? join(this.rig.dir, pool, volume)
      : join(this.rig.host(host).dir, 'srv/virtfleet', pool, volume);
  }

  has(host: string, pool: PoolName, volume: string): boolean {
    return existsSync(this.file(host, pool, volume));
  }

  /** The tiny guest, as an image that is kept under another name on each host, and once for both. */
  async image(): Promise<VirtualMachineImage> {
    if (this.#image) return this.#image;
    const built = await buildImage('tiny');
    const created = await this.client.create(unrestricted, virtualMachineImageKind, {
      apiVersion,
      kind: 'VirtualMachineImage',
      metadata: { name: 'tiny', namespace: this.namespace },
      spec: { format: 'QCOW2', http: { url: 'http://images.example.com/tiny', checksum: `sha256:${built.sha256}` } },
    });
    const { uid } = created.metadata;
    const names = {
      'local/h1': `tiny-${uid}-1.qcow2`,
      'local/h2': `tiny-${uid}-12.qcow2`,
      'shared/': `tiny-${uid}-1.qcow2`,
    };
    const copies = Object.entries(names).map(([key, volumeName]) => {
      const [poolName = '', host = ''] = key.split('/');
      copyFileSync(built.file, this.file(host || 'h1', poolName as PoolName, volumeName));
      return {
        key,
        poolName,
        ...(host ? { hostName: host } : {}),
        volumeName,
        path: `/srv/virtfleet/${poolName}/${volumeName}`,
        attempt: 1,
        phase: 'Ready' as const,
      };
    });
    this.#image = await this.client.patchFenced(
      unrestricted,
      virtualMachineImageKind,
      created,
      { status: { copies } },
      as,
    );
    for (const host of ['h1', 'h2']) {
      for (const pool of ['local', 'shared'] as const) {
        await refreshPoolContents(this.host(host), unrestricted, this.poolUuid(pool));
      }
    }
    return this.#image;
  }

  /** On h1, running, unless it is to be off. With a disk it counts on that disk and on its console. */
  async machine(name: string, o: { disk?: PoolName; off?: boolean } = {}): Promise<TestMachine> {
    const created = await this.client.create(unrestricted, virtualMachineKind, {
      apiVersion,
      kind: 'VirtualMachine',
      metadata: { name, namespace: this.namespace },
      spec: { runStrategy: 'Manual', memory: { size: '128Mi' } } as VirtualMachine['spec'],
    });
    const { uid } = created.metadata;
    const volumes = o.disk === undefined ? [] : await this.#makeDisks(name, uid, o.disk);
    const host = this.host('h1');
    const status: VirtualMachineStatus = {
      uuid: uid,
      incarnation: 1,
      host: { name: host.name, uid: host.uid },
      run: { generation: 1 },
      volumes,
    };
    const object = await this.client.patchFenced<VirtualMachine>(
      unrestricted,
      virtualMachineKind,
      created,
      { status },
      as,
    );
    const made = { name, uuid: uid, object };
    this.#machines.push(made);
    await this.#define(made, volumes);
    if (o.off !== true) await startDomain(host, unrestricted, uid);
    return made;
  }

  async #makeDisks(name: string, uid: string, pool: PoolName): Promise<VolumeStatus[]> {
    const host = this.host('h1');
    const image = await this.image();
    const copy = image.status?.copies?.find(({ key }) => key === (pool === 'local' ? 'local/h1' : 'shared/'));
    const path = (volumeName: string): string => `/srv/virtfleet/${pool}/${volumeName}`;
    const root = `${name}-root-${uid}-1.qcow2`;
    const disk = {
      name: root,
      capacityBytes: 96 * MIB,
      format: 'qcow2',
      backing: { path: copy?.path ?? '', format: 'qcow2' },
    } as const;
    await createVolume(host, unrestricted, this.poolUuid(pool), renderVolume(disk));
    const bytes = nocloudSeed({ instanceId: uid, hostname: name, userData: COUNTING });
    const seed = `${name}-seed-${uid}-0.iso`;
    const iso = { name: seed, capacityBytes: bytes.length, format: 'raw' } as const;
    await createVolume(host, unrestricted, this.poolUuid(pool), renderVolume(iso));
    await uploadVolume(host, unrestricted, this.poolUuid(pool), seed, bytes, { length: bytes.length });
    const base = { imageName: 'tiny', imageUID: image.metadata.uid, path: copy?.path ?? '' };
    const common = { poolName: pool, phase: 'Ready' as const };
    return [
      { name: 'root', role: 'Disk', volumeName: root, path: path(root), format: 'QCOW2', base, ...common },
      ...(pool === 'local'
        ? [{ name: 'tools', role: 'CDROM' as const, format: 'QCOW2' as const, path: base.path, base, ...common }]
        : []),
      { name: 'cloud-init', role: 'Seed', volumeName: seed, path: path(seed), format: 'Raw', ...common },
    ];
  }

  async #define({ name, uuid }: TestMachine, volumes: readonly VolumeStatus[]): Promise<void> {
    const disks = volumes.map((volume): DiskInput => {
      const source = { kind: 'file', path: volume.path ?? '' } as const;
      switch (volume.role) {
        case 'Seed':
          return { name: volume.name, device: 'cdrom', bus: 'scsi', source, format: 'raw' };
        case 'CDROM':
          return { name: volume.name, device: 'cdrom', bus: 'sata', source, format: 'qcow2' };
        default:
          return { name: volume.name, device: 'disk', bus: 'virtio', source, format: 'qcow2', bootOrder: 1 };
      }
    });
    const stamp: Stamp = {
      fleet: this.fleet,
      namespace: this.namespace,
      name,
      uid: uuid,
      incarnation: 1,
      specHash: 'sha256:test',
    };
    const input = domainOf({
      uuid,
      name: domainName(this.namespace, name),
      disks,
      serialLogPath: `/var/log/libvirt/qemu/${this.#log(name)}`,
      stamp,
    });
    await defineStamped(this.host('h1'), unrestricted, renderDomain(input, null), (document) => ({
      ...stamp,
      definedHash: documentHash(document),
    }));
  }

  /** A host keeps the logs of every run of these tests. */
  #log(name: string): string {
    return `${this.namespace}-${name}.serial.log`;
  }

  /** What it has printed on the console of a host. */
  console(host: string, { name }: TestMachine): string {
    const path = join(this.rig.host(host).dir, 'var/log/libvirt/qemu', this.#log(name));
    return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r', '') : '';
  }

  /** Of its heartbeat, one a second while it runs. */
  beats(host: string, machine: TestMachine): number[] {
    return [...this.console(host, machine).matchAll(/^heartbeat (\d+) /gm)].map(([, n]) => Number(n));
  }

  /** The same machine with its disk taken out while it runs, which it does from memory alone. */
  async withoutDisk(machine: TestMachine): Promise<TestMachine> {
    await this.rig.virsh('h1', 'detach-disk', machine.uuid, 'vda', '--live', '--config');
    await waitFor(
      'the disk to be gone',
      async () => !(await this.rig.virsh('h1', 'domblklist', machine.uuid)).includes('vda'),
      {
        timeoutMs: 30_000,
      },
    );
    const now = await this.client.get(virtualMachineKind, { namespace: this.namespace, name: machine.name });
    if (!now) throw new Error(`${machine.name} is gone`);
    const volumes = now.status?.volumes?.filter(({ role }) => role !== 'Disk') ?? [];
    return {
      ...machine,
      object: await this.client.patchFenced(unrestricted, virtualMachineKind, now, { status: { volumes } }, as),
    };
  }

  /** The numbers that it has counted there. */
  counts(host: string, machine: TestMachine): number[] {
    return [...this.console(host, machine).matchAll(/^count (\d+)$/gm)].map(([, n]) => Number(n));
  }

  /** Until it counts on that host, past a number. */
  async counting(host: string, machine: TestMachine, past = 0): Promise<number> {
    await waitFor(
      `${machine.name} to count on ${host} past ${past}`,
      () => (this.counts(host, machine).at(-1) ?? 0) > past,
      {
        timeoutMs: 150_000,
      },
    );
    return this.counts(host, machine).at(-1) ?? 0;
  }

  /** The object, decided and prepared: what is left is the move itself. */
  async migration(
    machine: TestMachine,
    o: { mode?: 'Live' | 'Offline'; spec?: Partial<VirtualMachineMigrationSpec> } = {},
  ): Promise<JobSpec> {
    const mode = o.mode ?? 'Live';
    const name = `${machine.name}-${randomUUID().slice(0, 6)}`;
    const created = await this.client.create(unrestricted, virtualMachineMigrationKind, {
      apiVersion,
      kind: 'VirtualMachineMigration',
      metadata: { name, namespace: this.namespace },
      spec: { machineName: machine.name, mode: 'Auto', copyStorage: 'IfNeeded', ...o.spec },
    });
    const { uid } = created.metadata;
    const [source, target] = ['h1', 'h2'].map((host) => ({ name: host, uid: this.host(host).uid }));
    const decided = { name, uid, phase: 'Prepared' as const, mode, source, target, incarnation: 2 };
    const now = await this.client.get(virtualMachineKind, { namespace: this.namespace, name: machine.name });
    if (!now) throw new Error(`${machine.name} is gone`);
    await this.client.patchFenced(unrestricted, virtualMachineKind, now, { status: { migration: decided } }, as);
    const status = { phase: 'Running', mode, source, target, incarnation: 2, attempt: 1 };
    await this.client.patchFenced(unrestricted, virtualMachineMigrationKind, created, { status }, as);
    const id = jobId(uid, 'MachineMigration', 'machine', 1);
    const object = { kind: 'VirtualMachineMigration', namespace: this.namespace, name, uid };
    return { id, operation: 'MachineMigration', object, key: 'machine', attempt: 1 };
  }

  /** Works on it in this process until it says that there is no more to do now. */
  async work(job: JobSpec, signal = new AbortController().signal): Promise<MigrationOperation> {
    const { client, hosts, fleet } = this;
    const { process } = createMigration({ client, hosts, clock: systemClock, fleetId: fleet, identity: 'test' });
    await process(job, { signal, right: unrestricted, log: log.child({ room: 'jobs' }) });
    return this.operation(job);
  }

  async operation({ object: { name } }: JobSpec): Promise<MigrationOperation> {
    return (await this.read(name))?.status?.operation ?? {};
  }

  read(name: string): Promise<VirtualMachineMigration | null> {
    return this.client.get(virtualMachineMigrationKind, { namespace: this.namespace, name });
  }

  async cancel({ object: { name } }: JobSpec): Promise<void> {
    const object = await this.read(name);
    if (object)
      await this.client.patchFenced(unrestricted, virtualMachineMigrationKind, object, { spec: { cancel: true } });
  }

  /** virsh's own eyes. */
  async where({ uuid }: TestMachine): Promise<Where> {
    const states = await Promise.all(
      ['h1', 'h2'].map(async (host) => {
        const list = await this.rig.virsh(host, 'list', '--all', '--uuid');
        return [
          host,
          list.includes(uuid) ? (await this.rig.virsh(host, 'domstate', uuid, '--reason')).trim() : 'absent',
        ];
      }),
    );
    return Object.fromEntries(states);
  }

  async state(host: string, { uuid }: TestMachine): Promise<string> {
    const list = await this.rig.virsh(host, 'list', '--all', '--uuid');
    return list.includes(uuid) ? (await this.rig.virsh(host, 'domstate', uuid)).trim() : 'absent';
  }

  async hasJob(host: string, { uuid }: TestMachine): Promise<boolean> {
    return !/Job type:\s+None/.test(await this.rig.virsh(host, 'domjobinfo', uuid));
  }

  /** The stamp in the definition on a host. */
  async definition(host: string, { uuid }: TestMachine): Promise<string> {
    return this.rig.virsh(host, 'dumpxml', '--inactive', uuid);
  }

  /** As a person would, without a stamp of ours. */
  async defineByHand(host: string, xml: string): Promise<void> {
    const file = `/tmp/${randomUUID()}.xml`;
    await this.rig.exec(host, ['sh', '-c', `cat > ${file} <<'X'\n${xml}\nX`]);
    await this.rig.virsh(host, 'define', file);
    await this.rig.exec(host, ['rm', file]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { uuid } of this.#machines) {
      for (const name of ['h1', 'h2']) {
        const host = await this.ready(name);
        await destroyDomain(host, unrestricted, uuid);
        await undefineDomain(host, unrestricted, uuid);
      }
    }
    for (const host of ['h1', 'h2']) {
      for (const pool of ['local', 'shared']) {
        await this.rig.exec(host, ['sh', '-c', `rm -f /srv/virtfleet/${pool}/*-[0-9a-f]*-*-*-*`]);
      }
    }
    await this.hosts.close();
    await this.client.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** All hosts of the rig, over tcp. */
export function connect(hosts: HostPool, rig: RigClient, fleet: string): void {
  for (const { name, uuid, uris } of rig.hosts) {
    hosts.ensure({ name, uid: uuid, uri: uris.tcp, credentials: {}, fleet });
  }
}

/** Counts on its disk five times a second, and says each number when it is there. */
const COUNTING = `#!/bin/sh
(
  n=$(cat /state/count 2>/dev/null || echo 0)
  while :; do
    n=$((n + 1))
    echo $n >/state/count.new; sync; mv /state/count.new /state/count; sync
    echo "count $n"
    usleep 200000
  done
) </dev/null >/dev/ttyS0 2>&1 &
`;
