/** Hosts on real libvirtds: the good road over every transport, and one clear condition for each bad one. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostStatus } from '#api/v1alpha1/host.ts';
import { stampToXml } from '#libvirt/stamp.ts';
import { type HostInfo, rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';
import { Objects } from './objects.ts';
import { type Operator, startOperator } from './operator.ts';

const rig = rigFromEnv();
const objects = new Objects(rig);
const NAMESPACE = 'virtfleet-system';
let operator: Operator;
let fleet: string;

beforeAll(async () => {
  await rig.unclaimHosts();
  operator = await startOperator(rig);
  fleet = (await rig.kubectl.get<{ metadata: { uid: string } }>('namespace', 'kube-system')).metadata.uid;
});
afterAll(() => operator?.stop());

const secret = (name: string, stringData: Record<string, string>): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  stringData,
});
const unused = (): string => rig.host('h1').address.replace(/\.\d+\.\d+$/, '.9.9');
const host = (name: string): HostInfo => rig.host(name);
const statusOf = async (name: string): Promise<HostStatus> =>
  (await objects.get<HostStatus>('hosts', name)).status ?? {};

describe('a host that answers', () => {
  test.each(rig.hosts.map(({ name, transport }) => [name, transport]))('%s over %s is Ready', async (name) => {
    await objects.reaches('hosts', name, 'Schedulable', 'Schedulable');
    // The mark is made once the host is claimed, and machines may come before it.
    await waitFor('its boot mark', async () => /^[0-9a-f-]{36}$/.test((await statusOf(name)).bootMark ?? ''), {
      timeoutMs: 20_000,
    });
    const status = await statusOf(name);
    expect(status).toMatchObject({
      state: 'Ready',
      hostUUID: host(name).uuid,
      architecture: 'x86_64',
      domainTypes: expect.arrayContaining(['qemu']),
    });
    expect(await rig.virsh(name, 'net-dumpxml', 'virtfleet-claim')).toContain(fleet);
  });

  test('domains of others are counted and left alone', async () => {
    const xml = `<domain type="qemu"><name>theirs</name><memory>65536</memory><os><type>hvm</type></os></domain>`;
    await rig.exec('h1', ['sh', '-c', `echo '${xml}' > /tmp/theirs.xml && virsh -q define /tmp/theirs.xml`]);
    await waitFor(
      'it to be counted',
      async () => (await statusOf('h1')).foreign?.some(({ name }) => name === 'theirs'),
      {
        timeoutMs: 45_000,
      },
    );
    await rig.virsh('h1', 'undefine', 'theirs');
    await waitFor('it to be gone', async () => (await statusOf('h1')).machines?.foreign === 0, { timeoutMs: 20_000 });
  });

  test('a machine of ours without object is shown, left alone, and swept against a tombstone only', async () => {
    await objects.reaches('storagepools', 'local', 'Ready', 'Running');
    const uuid = '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f';
    const stamp = { fleet, namespace: 'team', name: 'lost', uid: uuid, incarnation: 3, specHash: 'x' };
    const xml = `<domain type="qemu"><name>team_lost</name><uuid>${uuid}</uuid><metadata>${stampToXml(stamp)}</metadata><memory>65536</memory><os><type>hvm</type></os></domain>`;
    await rig.exec('h2', ['sh', '-c', `echo '${xml}' > /tmp/lost.xml && virsh -q define /tmp/lost.xml`]);
    await rig.virsh('h2', 'vol-create-as', 'local', 'lost-root.qcow2', '1M', '--format', 'qcow2');
    await rig.virsh('h2', 'vol-create-as', 'local', 'kept.qcow2', '1M', '--format', 'qcow2');
    await waitFor('it to be shown', async () => (await statusOf('h2')).orphans?.[0]?.name === 'lost', {
      timeoutMs: 20_000,
    });
    expect(await rig.virsh('h2', 'list', '--all', '--name')).toContain('team_lost');

    const grave = {
      uuid,
      namespace: 'team',
      name: 'lost',
      incarnation: 3,
      volumes: [{ poolName: 'local', volumeName: 'lost-root.qcow2' }],
      since: new Date().toISOString(),
    };
    await objects.patch('hosts', 'h2', { status: { tombstones: [grave] } }, '--subresource=status');
    await waitFor('the tombstone to be gone', async () => ((await statusOf('h2')).tombstones ?? []).length === 0, {
      timeoutMs: 20_000,
    });
    expect(await rig.virsh('h2', 'list', '--all', '--name')).not.toContain('team_lost');
    const volumes = await rig.virsh('h2', 'vol-list', 'local');
    expect(volumes).not.toContain('lost-root.qcow2');
    expect(volumes).toContain('kept.qcow2');
    await rig.virsh('h2', 'vol-delete', 'kept.qcow2', '--pool', 'local');
  });

  test('a domain that is newer than its tombstone is left alone', async () => {
    const uuid = '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e70';
    const stamp = { fleet, namespace: 'team', name: 'back', uid: uuid, incarnation: 5, specHash: 'x' };
    const xml = `<domain type="qemu"><name>team_back</name><uuid>${uuid}</uuid><metadata>${stampToXml(stamp)}</metadata><memory>65536</memory><os><type>hvm</type></os></domain>`;
    await rig.exec('h2', ['sh', '-c', `echo '${xml}' > /tmp/back.xml && virsh -q define /tmp/back.xml`]);
    const grave = { uuid, namespace: 'team', name: 'back', incarnation: 4, since: new Date().toISOString() };
    await objects.patch('hosts', 'h2', { status: { tombstones: [grave] } }, '--subresource=status');
    await waitFor('the tombstone to be gone', async () => ((await statusOf('h2')).tombstones ?? []).length === 0, {
      timeoutMs: 20_000,
    });
    expect(await rig.virsh('h2', 'list', '--all', '--name')).toContain('team_back');
    await rig.virsh('h2', 'undefine', 'team_back');
  });
});

describe('a host that does not let us in', () => {
  const otherKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

  interface Bad {
    name: string;
    uri: () => string;
    secret?: () => Record<string, string>;
    spec?: object;
    reason: string;
    message: RegExp;
  }
  const cases: Bad[] = [
    {
      name: 'bad-secret',
      uri: () => host('h1').uris.ssh,
      reason: 'SecretMissing',
      message: /There is no Secret virtfleet-system\/bad-secret/,
    },
    {
      name: 'bad-half',
      uri: () => host('h1').uris.ssh,
      secret: () => ({ 'ssh-privatekey': rig.credentials.sshPrivateKey }),
      reason: 'SecretIncomplete',
      message: /lacks the key known_hosts/,
    },
    {
      name: 'bad-key',
      uri: () => host('h1').uris.ssh,
      secret: () => ({ 'ssh-privatekey': otherKey, known_hosts: rig.credentials.knownHosts }),
      reason: 'SSHAuthenticationFailed',
      message: /h|key/,
    },
    {
      name: 'bad-hostkey',
      uri: () => host('h1').uris.ssh,
      secret: () => ({
        'ssh-privatekey': rig.credentials.sshPrivateKey,
        known_hosts: rig.credentials.knownHosts.replace(
          /(ssh-ed25519) \S+/g,
          '$1 AAAAC3NzaC1lZDI1NTE5AAAAIKqTvjQv1eQzX4l2cQ8b3T1f8bHh3Lr3Fh1mVxk2Yw0A',
        ),
      }),
      reason: 'HostKeyChanged',
      message: /key/,
    },
    {
      name: 'bad-uuid',
      uri: () => host('h3').uris.tcp,
      spec: { expectedHostUUID: '00000000-0000-4000-8000-00000000dead' },
      reason: 'HostUUIDChanged',
      message: /reaches another machine/,
    },
    { name: 'bad-twin', uri: () => host('h3').uris.tcp, reason: 'DuplicateHost', message: /as Host h3/ },
    // On the rig's own network, where nobody has that address.
    { name: 'bad-hole', uri: () => `qemu+tcp://${unused()}/system`, reason: '', message: /\.9\.9:16509/ },
  ];

  // Also when a test failed: a host that is never reached would trouble those that follow.
  afterAll(async () => {
    for (const { name } of cases) await objects.delete('hosts', name);
  });

  test.each(cases.map((bad) => [bad.name, bad] as const))('%s', async (name, bad) => {
    if (bad.secret) await rig.kubectl.apply([secret(name, bad.secret())]);
    const needsSecret = bad.uri().includes('+ssh:');
    const spec = { uri: bad.uri(), ...(needsSecret ? { credentialsRef: { name } } : {}), ...bad.spec };
    await objects.apply('Host', name, spec);
    const connected = await waitFor(
      `${name} to be refused`,
      async () => {
        const condition = await objects.condition('hosts', name, 'Connected');
        if (condition?.status === 'False' && (bad.reason === '' || condition.reason === bad.reason)) return condition;
        throw new Error(`it is ${JSON.stringify(condition)}`);
      },
      { timeoutMs: 30_000, intervalMs: 200 },
    );
    expect(connected?.message).toMatch(bad.message);
    expect((await objects.condition('hosts', name, 'Schedulable'))?.status).toBe('False');
    await objects.delete('hosts', name);
    await objects.gone('hosts', name);
  });

  test('nothing of the twins harmed the host that they meant', async () => {
    await objects.reaches('hosts', 'h3', 'Schedulable', 'Schedulable');
    expect(await rig.virsh('h3', 'net-dumpxml', 'virtfleet-claim')).toContain(fleet);
  });

  test('a Secret that comes later is found', async () => {
    const uri = host('h1').uris.ssh;
    await rig.kubectl.run('delete', 'secret', 'late', '-n', NAMESPACE, '--ignore-not-found');
    await objects.apply('Host', 'late', { uri, credentialsRef: { name: 'late' } });
    await objects.reaches('hosts', 'late', 'Connected', 'SecretMissing');
    const { sshPrivateKey, knownHosts } = rig.credentials;
    await rig.kubectl.apply([secret('late', { 'ssh-privatekey': sshPrivateKey, known_hosts: knownHosts })]);
    // It reaches h1, which has a Host: that it gets so far shows that the Secret was taken.
    await objects.reaches('hosts', 'late', 'Connected', 'DuplicateHost');
    await objects.delete('hosts', 'late');
    await objects.gone('hosts', 'late');
  });
});

describe('a host that goes and comes back', () => {
  test('its network is cut: Unknown with the time of the loss, and the truth within 10 s of its return', async () => {
    const before = Date.now();
    await rig.fault('h3', 'cut');
    await waitFor(
      'h3 not to be Ready',
      async () => (await objects.condition('hosts', 'h3', 'Ready'))?.status === 'False',
      {
        timeoutMs: 40_000,
        intervalMs: 200,
      },
    );
    const status = await statusOf('h3');
    expect(Date.parse(status.lastInventoryAt ?? '')).toBeGreaterThanOrEqual(before - 1000);
    await rig.fault('h3', 'heal');
    await objects.reaches('hosts', 'h3', 'Schedulable', 'Schedulable', 10_000);
  });

  test('a reboot changes the boot mark', async () => {
    const { bootMark } = await statusOf('h3');
    await rig.fault('h3', 'poweroff');
    await rig.fault('h3', 'poweron');
    await waitFor(
      'another boot mark',
      async () => {
        const now = await statusOf('h3');
        return now.state === 'Ready' && now.bootMark !== undefined && now.bootMark !== bootMark;
      },
      { timeoutMs: 40_000, intervalMs: 200 },
    );
  });
});

describe('a Host that is deleted', () => {
  test('gives its claim and its pools back, and leaves what is stored', async () => {
    await objects.reaches('storagepools', 'local', 'Ready', 'Running');
    await rig.virsh('h3', 'vol-create-as', 'local', 'data.raw', '1M');
    const { uri } = host('h3');
    await objects.delete('hosts', 'h3');
    await objects.gone('hosts', 'h3');
    expect(await rig.virsh('h3', 'net-list', '--all', '--name')).not.toContain('virtfleet-claim');
    expect(await rig.virsh('h3', 'pool-list', '--all', '--name')).not.toContain('local');

    await rig.kubectl.apply([
      {
        apiVersion: 'virtfleet.io/v1alpha1',
        kind: 'Host',
        metadata: { name: 'h3', labels: { 'rig.virtfleet.io/kind': 'qemu' } },
        spec: { uri },
      },
    ]);
    await objects.reaches('hosts', 'h3', 'Schedulable', 'Schedulable');
    await waitFor(
      'the pool to be back',
      async () => (await rig.virsh('h3', 'vol-list', 'local')).includes('data.raw'),
      {
        timeoutMs: 20_000,
      },
    );
    await rig.virsh('h3', 'vol-delete', 'data.raw', '--pool', 'local');
  });
});
