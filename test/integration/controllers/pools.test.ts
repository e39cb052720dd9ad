/** StoragePools on real libvirtds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoragePoolStatus } from '#api/v1alpha1/storage-pool.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';
import { Objects } from './objects.ts';
import { type Operator, startOperator } from './operator.ts';

const rig = rigFromEnv();
const objects = new Objects(rig);
let operator: Operator;

beforeAll(async () => {
  await rig.unclaimHosts();
  operator = await startOperator(rig);
  for (const { name } of rig.hosts) await objects.reaches('hosts', name, 'Ready', 'Ready', 60_000);
});
afterAll(() => operator?.stop());

const statusOf = async (name: string): Promise<StoragePoolStatus> =>
  (await objects.get<StoragePoolStatus>('storagepools', name)).status ?? {};
const stateOn = async (pool: string, host: string): Promise<string | undefined> =>
  (await statusOf(pool)).hosts?.find(({ name }) => name === host)?.state;

async function remove(name: string): Promise<void> {
  await objects.delete('storagepools', name);
  await objects.gone('storagepools', name);
}

describe('a pool of a directory', () => {
  test('is on every host, counted once when it is shared', async () => {
    await objects.reaches('storagepools', 'local', 'Ready', 'Running');
    await objects.reaches('storagepools', 'shared', 'Ready', 'Running');
    const [local, shared] = [await statusOf('local'), await statusOf('shared')];
    expect(local.hostCount).toBe(rig.hosts.length);
    expect(local.hosts?.[0]?.capacityBytes).toBeGreaterThan(0);
    // All hosts of the rig are on one disk: three times its size, and once.
    expect(Number.parseFloat(String(local.capacity))).toBeGreaterThan(2 * Number.parseFloat(String(shared.capacity)));
  });

  test('is built where it is asked for, and where it is not the condition says why', async () => {
    const targetPath = `/srv/virtfleet/built-${process.pid}`;
    await objects.apply('StoragePool', 'built', { type: 'Dir', targetPath });
    const refused = await objects.reaches('storagepools', 'built', 'Ready', 'HostFailed');
    expect(refused.message).toContain(targetPath);
    await objects.apply('StoragePool', 'built', { type: 'Dir', targetPath, build: 'IfMissing' });
    await objects.reaches('storagepools', 'built', 'Ready', 'Running', 60_000);
    expect(await rig.virsh('h1', 'pool-info', 'built')).toMatch(/Autostart:\s+yes/);
    await remove('built');
    expect(await rig.virsh('h1', 'pool-list', '--all', '--name')).not.toContain('built');
    expect(await rig.exec('h1', ['ls', '-d', targetPath])).toContain(targetPath);
  });

  test('stopped by hand, it is started again', async () => {
    await rig.virsh('h1', 'pool-destroy', 'local');
    await waitFor('it to be up', async () => (await rig.virsh('h1', 'pool-info', 'local')).includes('running'), {
      timeoutMs: 20_000,
    });
    await objects.reaches('storagepools', 'local', 'Ready', 'Running');
  });

  test('is deleted without what is stored in it', async () => {
    const targetPath = `/srv/virtfleet/kept-${process.pid}`;
    await objects.apply('StoragePool', 'kept', { type: 'Dir', targetPath, build: 'IfMissing' });
    await objects.reaches('storagepools', 'kept', 'Ready', 'Running');
    await rig.virsh('h2', 'vol-create-as', 'kept', 'precious.raw', '1M');
    await remove('kept');
    expect(await rig.exec('h2', ['ls', targetPath])).toContain('precious.raw');
  });

  test('follows its selector, by labels of the Host objects', async () => {
    await objects.apply('StoragePool', 'some', {
      type: 'Dir',
      targetPath: '/srv/virtfleet/some',
      build: 'IfMissing',
      hostSelector: { matchLabels: { 'test.virtfleet.io/some': 'yes' } },
    });
    await objects.reaches('storagepools', 'some', 'Ready', 'NoHosts');
    await rig.kubectl.run('label', 'host', 'h2', 'test.virtfleet.io/some=yes');
    await objects.reaches('storagepools', 'some', 'Ready', 'Running');
    expect((await statusOf('some')).hosts?.map(({ name }) => name)).toEqual(['h2']);
    await remove('some');
    await rig.kubectl.run('label', 'host', 'h2', 'test.virtfleet.io/some-');
  });
});

describe('a pool of that name which is not ours', () => {
  const define = async (): Promise<void> => {
    await rig.exec('h1', ['mkdir', '-p', '/srv/theirs']);
    await rig.virsh('h1', 'pool-define-as', 'theirs', 'dir', '--target', '/srv/theirs');
  };

  test('is left alone, used when told so, and stays when the object goes', async () => {
    await define();
    const hostSelector = { matchLabels: { 'test.virtfleet.io/theirs': 'yes' } };
    const spec = { type: 'Dir', targetPath: '/srv/virtfleet/theirs', poolName: 'theirs', hostSelector };
    await rig.kubectl.run('label', 'host', 'h1', 'test.virtfleet.io/theirs=yes');
    await objects.apply('StoragePool', 'theirs', spec);
    const refused = await objects.reaches('storagepools', 'theirs', 'Ready', 'ForeignPool');
    expect(refused.message).toContain('adoptExisting');
    expect(await stateOn('theirs', 'h1')).toBe('Foreign');
    expect(await rig.virsh('h1', 'pool-info', 'theirs')).toContain('inactive');

    await objects.apply('StoragePool', 'theirs', { ...spec, adoptExisting: true });
    await objects.reaches('storagepools', 'theirs', 'Ready', 'Running');
    const uuid = await rig.virsh('h1', 'pool-uuid', 'theirs');

    await remove('theirs');
    expect(await rig.virsh('h1', 'pool-info', 'theirs')).toContain('running');
    expect(await rig.virsh('h1', 'pool-uuid', 'theirs')).toBe(uuid);
    await rig.virsh('h1', 'pool-destroy', 'theirs');
    await rig.virsh('h1', 'pool-undefine', 'theirs');
    await rig.kubectl.run('label', 'host', 'h1', 'test.virtfleet.io/theirs-');
  });
});

test('a pool that something is in is not deleted, and the condition names what', async () => {
  await objects.apply('StoragePool', 'used', { type: 'Dir', targetPath: '/srv/virtfleet/used', build: 'IfMissing' });
  await objects.reaches('storagepools', 'used', 'Ready', 'Running');
  await objects.apply('StorageVolume', 'data', { poolName: 'used', size: '1Mi' }, 'default');
  await objects.delete('storagepools', 'used');
  const blocked = await objects.reaches('storagepools', 'used', 'Reconciling', 'DeletionBlocked');
  expect(blocked.message).toContain('StorageVolume default/data');
  expect(await rig.virsh('h1', 'pool-info', 'used')).toContain('running');
  await objects.delete('storagevolumes', 'data');
  await objects.gone('storagepools', 'used');
});

describe('a pool of a file system', () => {
  test('is made on an empty device, mounted, and taken away with its files left alone', async () => {
    const image = `/srv/virtfleet/device-${process.pid}.img`;
    const targetPath = `/srv/virtfleet/fs-${process.pid}`;
    await rig.exec('h1', ['truncate', '-s', '300M', image]);
    const device = (await rig.exec('h1', ['losetup', '--find', '--show', image])).trim();
    try {
      await objects.apply('StoragePool', 'disk', {
        type: 'FS',
        fs: { device, format: 'Ext4' },
        targetPath,
        build: 'IfMissing',
        hostSelector: { matchLabels: { 'test.virtfleet.io/fs': 'yes' } },
      });
      await rig.kubectl.run('label', 'vfhost', 'h1', 'test.virtfleet.io/fs=yes');
      await objects.reaches('storagepools', 'disk', 'Ready', 'Running', 60_000);
      expect((await statusOf('disk')).hosts).toMatchObject([{ name: 'h1', state: 'Running' }]);
      expect(await rig.exec('h1', ['findmnt', '--noheadings', '--output', 'SOURCE,FSTYPE', targetPath])).toMatch(
        /loop\d+\s+ext4/,
      );
      await remove('disk');
      expect(await rig.tryExec('h1', ['findmnt', targetPath])).toMatchObject({ code: 1 });
      expect(await rig.exec('h1', ['blkid', '--output', 'value', '--match-tag', 'TYPE', device])).toContain('ext4');
    } finally {
      await rig.kubectl.run('label', 'vfhost', 'h1', 'test.virtfleet.io/fs-');
      await rig.tryExec('h1', ['losetup', '--detach', device]);
      await rig.tryExec('h1', ['rm', '-f', image]);
    }
  });
});
