import { randomUUID } from 'node:crypto';
import type { Connect } from '@virtfleet/libvirt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  defineDomain,
  destroyDomain,
  domainXml,
  ensureBootMark,
  ensureClaim,
  releaseClaim,
  saveDomain,
  setStamp,
  shutdownDomain,
  startDomain,
  undefineDomain,
} from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { FLEET, TestPool, until } from './fixture.ts';
import { WAYS, type Way, wayTo } from './ways.ts';

const SHUTOFF = 5;
const RUNNING = 1;
let rig: RigClient;

beforeAll(async () => {
  rig = rigFromEnv();
  await rig.unclaimHosts();
});

/** What every way to a host must give, against a real libvirtd, and as far as it can in libvirt's driver in our process. */
describe.each(WAYS)('over %s', (wayName) => {
  const test_ = new TestPool();
  const uuid = randomUUID();
  const name = `conformance-${wayName}`;
  let way: Way;
  let host: Host;

  beforeAll(async () => {
    way = await wayTo(wayName, rig);
    host = await test_.ready(test_.add(way.target));
  });
  afterAll(async () => {
    if (host?.inSight) await releaseClaim(host, unrestricted, FLEET);
    await test_.close();
    await way?.somebody.close();
  });

  test('one dial makes it Ready, with its facts', async () => {
    expect(host.state).toBe('Ready');
    expect(host.lastError).toBeNull();
    expect(host.dials).toBe(1);
    if (way.hostUUID !== null) expect(host.facts?.hostUUID).toBe(way.hostUUID);
    else expect(host.facts?.hostUUID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(host.facts?.hostname).toBe(way.hostname);
    expect(host.facts?.hypervisorType).toBe(way.hypervisorType);
    expect(host.facts?.libvirtVersion).toBe(await way.libvirtVersion());
    expect(host.facts?.cpus).toBeGreaterThan(0);
    expect(Number(host.facts?.memoryBytes)).toBeGreaterThan(1e9);
    expect(host.facts?.domainCapabilities?.domainType ?? null).toBe(way.domainType);
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
    const defined = await defineDomain(host, unrestricted, way.domain(uuid, name));
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
    expect(await saveDomain(host, unrestricted, uuid)).toBe('Saved');
    expect(await saveDomain(host, unrestricted, uuid)).toBe('Saved');
    expect(host.inventory?.domains.get(uuid)?.state).toBe(SHUTOFF);
    expect(await startDomain(host, unrestricted, uuid, { isSaved: true })).toBe('changed');
    expect(host.inventory?.domains.get(uuid)?.state).toBe(RUNNING);
    expect(await shutdownDomain(host, unrestricted, uuid, { mode: 'Acpi' })).toBe('changed');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe(way.heedsAcpi ? 'unchanged' : 'changed');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(await saveDomain(host, unrestricted, uuid)).toBe('NotSaved');
    expect(await undefineDomain(host, unrestricted, uuid)).toBe('changed');
    expect(await undefineDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(await destroyDomain(host, unrestricted, uuid)).toBe('unchanged');
    expect(host.inventory?.domains.has(uuid)).toBe(false);
    expect(test_.pool.findByStamp(FLEET, 'team', name)).toEqual([]);
  });

  test('what somebody else does comes by events', async () => {
    await way.somebody.defineDomain(way.domain(uuid, name));
    await until('the domain to be seen', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    await way.somebody.domain('start', name);
    await until('it to run', () => host.inventory?.domains.get(uuid)?.state === RUNNING);
    test_.changes.length = 0;
    await way.somebody.domain('destroy', name);
    await until('it to be off', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    expect(test_.changes.some((change) => change.kind === 'domain' && change.uuid === uuid)).toBe(true);
    await way.somebody.domain('undefine', name);
    await until('it to be gone', () => !host.inventory?.domains.has(uuid));
  });

  test('networks and pools of somebody else come by events', async () => {
    const net = randomUUID();
    const pool = randomUUID();
    await way.somebody.defineNetwork(
      `<network><name>${name}</name><uuid>${net}</uuid><bridge name='vfconf0'/></network>`,
    );
    await until('the network to be seen', () => host.inventory?.networks.get(net)?.active === false);
    await way.somebody.undefineNetwork(name);
    await until('the network to be gone', () => !host.inventory?.networks.has(net));
    await way.somebody.definePool(
      `<pool type='dir'><name>${name}</name><uuid>${pool}</uuid><target><path>/srv</path></target></pool>`,
    );
    await way.somebody.pool('start', name);
    await until('the pool to run', () => host.inventory?.pools.get(pool)?.active === true);
    expect(Number(host.inventory?.pools.get(pool)?.capacityBytes)).toBeGreaterThan(0);
    await way.somebody.pool('destroy', name);
    await until('the pool to be off', () => host.inventory?.pools.get(pool)?.active === false);
    await way.somebody.pool('undefine', name);
    await until('the pool to be gone', () => !host.inventory?.pools.has(pool));
  });

  test('what is not there is NotFound, what is wrong is InvalidSpec, and both name host and call', async () => {
    const missing = host.read('domain.lookup', (c, o) => c.domainLookupByUUIDString(randomUUID(), o));
    await expect(missing).rejects.toMatchObject({ errorClass: 'NotFound', host: 'h1' });
    await expect(missing).rejects.toThrow(/domain\.lookup on host h1/);
    const wrong = defineDomain(host, unrestricted, way.domain(randomUUID(), 'x').replace('<os>', '<nonsense/><os>'));
    await expect(wrong).rejects.toMatchObject({ errorClass: 'InvalidSpec' });
  });

  test('a right that has ended sends nothing', async () => {
    const ended = { name: 'lease', notAfterMs: () => 1, signal: new AbortController().signal };
    await expect(defineDomain(host, ended, way.domain(uuid, name))).rejects.toMatchObject({ errorClass: 'LeaseLost' });
    expect(await host.refreshDomain(uuid)).toBeNull();
  });

  test('a connection of its own works beside the others, and is cut by its signal', async () => {
    const hostname = await host.dedicated('test.hostname', unrestricted, (c, o) => c.getHostname(o), {
      changes: false,
    });
    expect(hostname).toBe(way.hostname);
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

  test('a connection that did its work in peace serves the next one, and no two at once', async () => {
    const which = (): Promise<Connect> =>
      host.dedicated('test.which', unrestricted, (c, o) => c.getHostname(o).then(() => c), { changes: false });
    const first = await which();
    expect(await which()).toBe(first);
    const [one, other] = await Promise.all([which(), which()]);
    expect(one).not.toBe(other);
    const fail = () => Promise.reject(new Error('the work failed'));
    for (const _ of [one, other])
      await expect(host.dedicated('test.fail', unrestricted, fail, { changes: false })).rejects.toThrow('work failed');
    expect([one, other]).not.toContain(await which());
  });

  // Of a driver in our own process there is nothing to kill but ourselves.
  if (wayName === 'test') return;

  test('a libvirtd that is killed and started is found again, with what changed meanwhile', async () => {
    await way.daemon?.kill();
    await until('the loss to be seen', () => !host.inSight, 15_000);
    await expect(host.read('host.version', (c, o) => c.getLibVersion(o))).rejects.toBeInstanceOf(VirtfleetError);
    await way.daemon?.start();
    await way.somebody.defineDomain(way.domain(uuid, name));
    await test_.ready(host, 15_000);
    // By the listing or, when it reconnected before the define, by its event.
    await until('the new domain', () => host.inventory?.domains.get(uuid)?.state === SHUTOFF);
    expect(host.facts?.bootMark).not.toBeNull();
    await undefineDomain(host, unrestricted, uuid);
  });
});
