import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  defineDomain,
  destroyDomain,
  domainXml,
  ensureBootMark,
  ensureClaim,
  releaseClaim,
  setStamp,
  shutdownDomain,
  startDomain,
  undefineDomain,
} from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { bareDomain, credentialsOf, FLEET, TestPool, until } from './fixture.ts';

const SHUTOFF = 5;
const RUNNING = 1;
let rig: RigClient;

beforeAll(async () => {
  rig = rigFromEnv();
  await rig.unclaimHosts();
});

/** What every way to a host must give, against a real libvirtd. */
describe.each(['unix', 'tcp', 'tls', 'ssh'] as const)('over %s', (transport) => {
  const test_ = new TestPool();
  const uuid = randomUUID();
  const name = `conformance-${transport}`;
  let host: Host;

  beforeAll(async () => {
    host = await test_.ready(
      test_.add({ name: 'h1', uri: rig.host('h1').uris[transport], credentials: credentialsOf(rig) }),
    );
  });
  afterAll(async () => {
    if (host.inSight) await releaseClaim(host, unrestricted, FLEET);
    await test_.close();
  });

  test('one dial makes it Ready, with its facts', async () => {
    expect(host.state).toBe('Ready');
    expect(host.lastError).toBeNull();
    expect(host.dials).toBe(1);
    expect(host.facts?.hostUUID).toBe(rig.host('h1').uuid);
    expect(host.facts?.hostname).toBe('h1');
    expect(host.facts?.hypervisorType).toBe('QEMU');
    expect(`libvirt ${host.facts?.libvirtVersion}`).toBe(
      (await rig.exec('h1', ['libvirtd', '--version'])).match(/libvirt\) (.*)/)?.[1]?.replace(/^/, 'libvirt '),
    );
    expect(host.facts?.cpus).toBeGreaterThan(0);
    expect(Number(host.facts?.memoryBytes)).toBeGreaterThan(1e9);
    expect(host.facts?.domainCapabilities?.domainType).toBe('qemu');
  });

  test('the claim is made once, and read back', async () => {
    expect(await ensureClaim(host, unrestricted, FLEET)).toBe('changed');
    expect(await ensureClaim(host, unrestricted, FLEET)).toBe('unchanged');
    expect(host.facts?.claim.fleet).toBe(FLEET);
  });

  test('the boot mark is made once, and read back', async () => {
    const mark = await ensureBootMark(host, unrestricted);
    expect(await ensureBootMark(host, unrestricted)).toBe(mark);
    expect(host.facts?.bootMark).toBe(mark);
  });

  test('a machine goes through its life, step by step, and each step may be repeated', async () => {
    const defined = await defineDomain(host, unrestricted, bareDomain(uuid, name));
    expect(defined).toContain(uuid);
    expect(host.inventory?.domains.get(uuid)).toMatchObject({ name, state: SHUTOFF, persistent: true, stamp: null });
    const stamp = { fleet: FLEET, namespace: 'team', name, uid: uuid, incarnation: 3, specHash: 's' };
    await setStamp(host, unrestricted, uuid, stamp);
    expect(test_.pool.findByStamp(FLEET, 'team', name).map(({ domain }) => domain.stamp)).toEqual([stamp]);
    expect(await startDomain(host, unrestricted, uuid)).toBe('changed');
    expect(await startDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(host.inventory?.domains.get(uuid)?.state).toBe(RUNNING);
    // The running machine's stamp changes with its definition's.
    await setStamp(host, unrestricted, uuid, { ...stamp, incarnation: 4 });
    expect(await domainXml(host, uuid, { inactive: true })).toContain('incarnation="4"');
    expect(await domainXml(host, uuid, { inactive: false })).toContain('incarnation="4"');
    expect(test_.pool.findDomain(uuid)[0]?.domain.stamp?.incarnation).toBe(4);
    expect(await shutdownDomain(host, unrestricted, uuid, { mode: 'Acpi' })).toBe('changed');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe('changed');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(await undefineDomain(host, unrestricted, uuid)).toBe('changed');
    expect(await undefineDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(host.inventory?.domains.has(uuid)).toBe(false);
    expect(test_.pool.findByStamp(FLEET, 'team', name)).toEqual([]);
  });

  test('what somebody else does comes by events', async () => {
    const file = `/tmp/${name}.xml`;
    await rig.exec('h1', ['sh', '-c', `cat > ${file} <<'X'\n${bareDomain(uuid, name)}\nX`]);
    await rig.virsh('h1', 'define', file);
    await until('the domain to be seen', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    await rig.virsh('h1', 'start', name);
    await until('it to run', () => host.inventory?.domains.get(uuid)?.state === RUNNING);
    test_.changes.length = 0;
    await rig.virsh('h1', 'destroy', name);
    await until('it to be off', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    expect(test_.changes.some((change) => change.kind === 'domain' && change.uuid === uuid)).toBe(true);
    await rig.virsh('h1', 'undefine', name);
    await until('it to be gone', () => !host.inventory?.domains.has(uuid));
  });

  test('networks and pools of somebody else come by events', async () => {
    const net = randomUUID();
    const pool = randomUUID();
    const file = `/tmp/${name}-net.xml`;
    await rig.exec('h1', ['sh', '-c', `echo "<network><name>${name}</name><uuid>${net}</uuid></network>" > ${file}`]);
    await rig.virsh('h1', 'net-define', file);
    await until('the network to be seen', () => host.inventory?.networks.get(net)?.active === false);
    await rig.virsh('h1', 'net-undefine', name);
    await until('the network to be gone', () => !host.inventory?.networks.has(net));
    const xml = `<pool type='dir'><name>${name}</name><uuid>${pool}</uuid><target><path>/srv</path></target></pool>`;
    await rig.exec('h1', ['sh', '-c', `echo "${xml}" > ${file}`]);
    await rig.virsh('h1', 'pool-define', file);
    await rig.virsh('h1', 'pool-start', name);
    await until('the pool to run', () => host.inventory?.pools.get(pool)?.active === true);
    expect(Number(host.inventory?.pools.get(pool)?.capacityBytes)).toBeGreaterThan(0);
    await rig.virsh('h1', 'pool-destroy', name);
    await until('the pool to be off', () => host.inventory?.pools.get(pool)?.active === false);
    await rig.virsh('h1', 'pool-undefine', name);
    await until('the pool to be gone', () => !host.inventory?.pools.has(pool));
  });

  test('what is not there is NotFound, what is wrong is InvalidSpec, and both name host and call', async () => {
    const missing = host.read('domain.lookup', (c, o) => c.domainLookupByUUIDString(randomUUID(), o));
    await expect(missing).rejects.toMatchObject({ errorClass: 'NotFound', host: 'h1' });
    await expect(missing).rejects.toThrow(/domain\.lookup on host h1/);
    const wrong = defineDomain(host, unrestricted, "<domain type='qemu'><name>x</name><nonsense/></domain>");
    await expect(wrong).rejects.toMatchObject({ errorClass: 'InvalidSpec' });
  });

  test('a right that has ended sends nothing', async () => {
    const ended = { name: 'lease', notAfterMs: () => 1, signal: new AbortController().signal };
    await expect(defineDomain(host, ended, bareDomain(uuid, name))).rejects.toMatchObject({ errorClass: 'LeaseLost' });
    expect(await host.refreshDomain(uuid)).toBeNull();
  });

  test('a connection of its own works beside the others, and is cut by its signal', async () => {
    const hostname = await host.dedicated('test.hostname', unrestricted, (c, o) => c.getHostname(o), {
      changes: false,
    });
    expect(hostname).toBe('h1');
    const abort = new AbortController();
    const hanging = host.dedicated(
      'test.hang',
      unrestricted,
      () => new Promise((_, reject) => abort.signal.addEventListener('abort', () => reject(abort.signal.reason))),
      { changes: false, signal: abort.signal },
    );
    abort.abort();
    await expect(hanging).rejects.toMatchObject({ errorClass: 'Transient', reason: 'Cancelled' });
  });

  test('a libvirtd that is killed and started is found again, with what changed meanwhile', async () => {
    await rig.fault('h1', 'kill');
    await until('the loss to be seen', () => !host.inSight, 15_000);
    await expect(host.read('host.version', (c, o) => c.getLibVersion(o))).rejects.toBeInstanceOf(VirtfleetError);
    await rig.fault('h1', 'start');
    const file = `/tmp/${name}.xml`;
    await rig.virsh('h1', 'define', file);
    await test_.ready(host, 15_000);
    // By the listing or, when it reconnected before the define, by its event.
    await until('the new domain', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    expect(host.facts?.bootMark).not.toBeNull();
    await undefineDomain(host, unrestricted, uuid);
  });
});
