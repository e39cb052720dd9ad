import { randomUUID } from 'node:crypto';
import { counters } from '@virtfleet/libvirt';
import ssh2 from 'ssh2';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defineDomain, domainStats, ensureClaim, releaseClaim, undefineDomain } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { systemClock } from '#platform/clock.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { bareDomain, credentialsOf, FLEET, TestPool, until } from './fixture.ts';

const SHUTOFF = 5;
let rig: RigClient;
let pool: TestPool;
beforeAll(async () => {
  rig = rigFromEnv();
  await rig.unclaimHosts();
});
beforeEach(() => {
  pool = new TestPool();
});
afterEach(async () => {
  await pool.close();
});

const add = (transport: 'unix' | 'tcp' | 'tls' | 'ssh'): Host =>
  pool.add({ uri: rig.host('h1').uris[transport], credentials: credentialsOf(rig) });

describe.each(['tcp', 'tls', 'ssh'] as const)('a libvirtd that stands still, over %s', (transport) => {
  test('is out of sight within seconds, Lost soon, and the truth within ten seconds of its thaw', async () => {
    const host = await pool.ready(add(transport));
    const uuid = randomUUID();
    await defineDomain(host, unrestricted, bareDomain(uuid, `frozen-${transport}`));
    const stamp = randomUUID();
    await rig.fault('h1', 'freeze');
    try {
      await until('it to be out of sight', () => !host.inSight && host.state !== 'Ready', 10_000);
      // Unknown is not absent.
      expect(host.inventory?.domains.get(uuid)?.state).toBe(SHUTOFF);
      expect(pool.pool.findDomain(uuid).length).toBe(1);
      await until('it to be Lost', () => host.state === 'Lost', 20_000);
      expect(host.dials).toBeLessThan(20);
    } finally {
      await rig.fault('h1', 'thaw');
    }
    await rig.virsh('h1', 'desc', uuid, '--config', '--new-desc', stamp);
    await rig.virsh('h1', 'undefine', uuid);
    await until('the truth', () => host.inSight && host.inventory?.domains.has(uuid) === false, 10_000);
    expect(host.state).toBe('Ready');
  });
});

test('a change that a frozen libvirtd does not answer has an unknown outcome, until it was listed anew', async () => {
  const host = await pool.ready(add('tcp'));
  const uuid = randomUUID();
  const listedAt = host.inventory?.listedAt ?? 0;
  await rig.fault('h1', 'freeze');
  try {
    const change = host.change(
      'domain.define',
      unrestricted,
      (c, o) => c.domainDefineXMLFlags(bareDomain(uuid, 'unanswered'), 0, o),
      { timeoutMs: 500 },
    );
    await expect(change).rejects.toMatchObject({ errorClass: 'OutcomeUnknown', host: 'h1' });
    expect(host.inSight).toBe(false);
  } finally {
    await rig.fault('h1', 'thaw');
  }
  await pool.ready(host, 15_000);
  expect(host.inventory?.listedAt).toBeGreaterThan(listedAt);
  // Whichever way it went, the inventory says what is.
  const there = (await rig.virsh('h1', 'list', '--all', '--uuid')).includes(uuid);
  await until('both to agree', () => host.inventory?.domains.has(uuid) === there);
  await undefineDomain(host, unrestricted, uuid);
});

test('resync lists anew, on another connection', async () => {
  const host = await pool.ready(add('tcp'));
  const before = host.inventory?.listedAt ?? 0;
  await until('a millisecond to pass', () => Date.now() > before);
  await Promise.all([host.resync(), host.resync()]);
  expect(host.inventory?.listedAt).toBeGreaterThan(before);
  expect(host.inSight).toBe(true);
  expect(host.dials).toBe(1);
});

test('a cut network is noticed, and mended when it heals', async () => {
  const host = await pool.ready(add('tcp'));
  await rig.fault('h1', 'cut');
  try {
    await until('it to be out of sight', () => !host.inSight, 15_000);
  } finally {
    await rig.fault('h1', 'heal');
  }
  await pool.ready(host, 15_000);
});

describe('a host that refuses us says why, once, and is not stormed', () => {
  const stranger = ssh2.utils.generateKeyPairSync('ed25519');
  const rows = [
    {
      what: 'a wrong ssh key',
      transport: 'ssh',
      credentials: () => ({ ...credentialsOf(rig), sshPrivateKey: stranger.private }),
      reason: /SSHAuthenticationFailed/,
    },
    {
      what: 'a changed host key',
      transport: 'ssh',
      credentials: () => ({
        ...credentialsOf(rig),
        knownHosts: `${rig.host('h1').address} ${stranger.public}`,
      }),
      reason: /HostKeyChanged/,
    },
    {
      what: 'no known host',
      transport: 'ssh',
      credentials: () => ({ ...credentialsOf(rig), knownHosts: 'elsewhere ssh-ed25519 AAAA' }),
      reason: /HostKeyUnknown/,
    },
    {
      what: 'a wrong authority',
      transport: 'tls',
      credentials: () => ({ ...credentialsOf(rig), caCert: undefined }),
      reason: /UnknownCA/,
    },
    {
      what: 'no client certificate',
      transport: 'tls',
      credentials: () => ({ caCert: credentialsOf(rig).caCert }),
      reason: /ClientCertificateRefused/,
    },
    {
      what: 'a password in plain text',
      transport: 'tcp',
      credentials: () => ({ username: 'u', password: 'p' }),
      reason: /PasswordNeedsTLS/,
    },
  ] as const;
  test.each(rows)('$what', async ({ transport, credentials, reason }) => {
    const host = pool.add({ uri: rig.host('h1').uris[transport], credentials: credentials() });
    const trouble = await pool.trouble(host);
    expect(trouble.reason).toMatch(reason);
    expect(trouble).toMatchObject({ errorClass: 'Denied' });
    expect(trouble.mend).toBeTruthy();
    expect(host.state).toBe('Lost');
    await expect(host.read('host.version', (c, o) => c.getLibVersion(o))).rejects.toMatchObject({
      errorClass: 'Denied',
      reason: trouble.reason,
    });
    expect(host.dials).toBe(1);
    const again = pool.add({ uri: rig.host('h1').uris[transport], credentials: credentialsOf(rig) });
    await pool.ready(again);
  });

  test('a URI that runs commands is never dialled', async () => {
    const host = pool.add({ uri: 'qemu+ssh://h1/system?command=/tmp/x' });
    expect(await pool.trouble(host)).toMatchObject({ errorClass: 'InvalidSpec' });
    expect(host.state).toBe('Lost');
  });

  test('a port where nobody listens costs a bounded number of dials', async () => {
    const host = pool.add({ uri: `qemu+tcp://${rig.host('h1').address}:9/system` });
    expect(await pool.trouble(host)).toMatchObject({ errorClass: 'Transient', reason: 'ConnectionRefused' });
    await until('it to be Lost', () => host.state === 'Lost', 15_000);
    expect(host.dials).toBeLessThan(20);
  });

  test('new credentials under the same uid are used at once', async () => {
    const uri = rig.host('h1').uris.ssh;
    const good = credentialsOf(rig);
    const host = pool.add({ uri, uid: 'same', credentials: { ...good, knownHosts: 'elsewhere ssh-ed25519 AAAA' } });
    expect(await pool.trouble(host)).toMatchObject({ reason: 'HostKeyUnknown' });
    expect(pool.add({ uri, uid: 'same', credentials: good })).toBe(host);
    await pool.ready(host);
    expect(host.dials).toBe(2);
  });
});

test('another way to the same host keeps what was seen', async () => {
  const host = await pool.ready(pool.add({ uid: 'same', uri: rig.host('h1').uris.tcp }));
  const uuid = randomUUID();
  await defineDomain(host, unrestricted, bareDomain(uuid, 'another-way'));
  expect(pool.add({ uid: 'same', uri: rig.host('h1').uris.unix })).toBe(host);
  expect(host.inSight).toBe(false);
  expect(pool.pool.findDomain(uuid).length).toBe(1);
  await pool.ready(host);
  expect(pool.pool.findDomain(uuid).length).toBe(1);
  await undefineDomain(host, unrestricted, uuid);
});

test('when the process stood still, its tunnels are dropped and it connects anew', async () => {
  // Turning the clock is what a suspended machine looks like to a process that wakes.
  let aheadMs = 0;
  const clock = { ...systemClock, boottimeMs: () => systemClock.boottimeMs() + aheadMs };
  const slept = new TestPool(clock);
  try {
    const host = await slept.ready(slept.add({ uri: rig.host('h1').uris.tcp }));
    aheadMs = 60_000;
    const change = host.change('domain.define', unrestricted, (c, o) =>
      c.domainDefineXMLFlags(bareDomain(randomUUID(), 'stale'), 0, o),
    );
    await expect(change).rejects.toMatchObject({ errorClass: 'OutcomeUnknown' });
    expect(await rig.virsh('h1', 'list', '--all', '--name')).not.toContain('stale');
    await slept.ready(host);
    expect(host.dials).toBe(2);
  } finally {
    await slept.close();
  }
});

test('a pool that was closed leaves nothing behind: no connection, no handle, no socket', async () => {
  const before = counters();
  const host = await pool.ready(add('tcp'));
  await host.resync();
  await pool.pool.close();
  await until(
    'all to be given back',
    () =>
      counters().handles <= before.handles &&
      counters().connections <= before.connections &&
      counters().subscriptions <= before.subscriptions,
    10_000,
  );
});

describe('whose host', () => {
  test('another host UUID than the pinned one is refused', async () => {
    const host = pool.add({ uri: rig.host('h1').uris.tcp, expectedHostUUID: randomUUID() });
    expect(await pool.trouble(host)).toMatchObject({ errorClass: 'Denied', reason: 'HostUUIDChanged' });
    expect(host.inventory).toBeNull();
  });

  test('two Hosts that reach one machine: the second is refused, and comes in when the first is gone', async () => {
    const first = await pool.ready(pool.add({ name: 'a', uri: rig.host('h1').uris.tcp }));
    const second = pool.add({ name: 'b', uid: 'b', uri: rig.host('h1').uris.unix });
    expect(await pool.trouble(second)).toMatchObject({ reason: 'DuplicateHost' });
    expect(first.inSight).toBe(true);
    await pool.pool.remove('a');
    await pool.ready(second);
    // A pinned UUID belongs to who pinned it, connected or not.
    pool.add({ name: 'c', uid: 'c', uri: 'qemu+tcp://127.0.0.1:9/system', expectedHostUUID: rig.host('h1').uuid });
    const third = pool.add({ name: 'd', uid: 'd', uri: rig.host('h1').uris.tcp });
    expect((await pool.trouble(third)).reason).toBe('DuplicateHost');
  });

  test('a host that another fleet has claimed is refused', async () => {
    const theirs = await pool.ready(pool.add({ name: 'theirs', uri: rig.host('h1').uris.tcp }));
    await ensureClaim(theirs, unrestricted, FLEET);
    const other = new TestPool();
    try {
      const ours = other.add({ name: 'ours', uri: rig.host('h1').uris.tcp, fleet: randomUUID() });
      const trouble = await other.trouble(ours);
      expect(trouble).toMatchObject({ errorClass: 'Denied', reason: 'OwnedByOtherFleet' });
      expect(trouble.message).toContain(FLEET);
    } finally {
      await other.close();
      await releaseClaim(theirs, unrestricted, FLEET);
    }
  });
});

test('statistics of a host come in one call', async () => {
  const host = await pool.ready(add('tcp'));
  const uuid = randomUUID();
  await defineDomain(host, unrestricted, bareDomain(uuid, 'stats'));
  expect((await domainStats(host, 0)).map((stats) => stats.uuid)).toContain(uuid);
  await undefineDomain(host, unrestricted, uuid);
});
