import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as lv from '../lib/index.ts';
import { rejection } from './wait.ts';

/** Against libvirt's own test driver, inside this process: one host `test`, one domain, one network, one pool. */

let connect: lv.Connect;
beforeAll(async () => {
  connect = await lv.open('test:///default');
});
afterAll(() => connect.close());

const firstDomain = (): Promise<lv.Domain> => connect.domainLookupByName('test');

describe('values', () => {
  it('gives handles of lists their name and uuid', async () => {
    const [domain] = await connect.listAllDomains();
    expect(domain).toBeInstanceOf(lv.Domain);
    expect(domain?.name).toBe('test');
    expect(domain?.uuid).toBe(await domain?.getUUIDString());
    const [pool] = await connect.listAllStoragePools();
    expect([pool?.name, pool?.uuid]).toEqual(['default-pool', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('makes BigInt of long long only, and objects of several results', async () => {
    const domain = await firstDomain();
    expect(await domain.getState()).toEqual({ state: lv.VIR_DOMAIN_RUNNING, reason: 0 });
    const info = await domain.getInfo();
    expect(typeof info.cpuTime).toBe('bigint');
    expect(typeof info.maxMem).toBe('number');
    expect(typeof (await connect.nodeGetFreeMemory())).toBe('bigint');
    expect(await connect.nodeGetInfo()).toMatchObject({ model: 'i686', cpus: 16 });
  });

  it('returns booleans, null and undefined where they belong', async () => {
    const domain = await firstDomain();
    expect(await domain.isActive()).toBe(true);
    expect(await domain.setAutostart(true)).toBeUndefined();
    expect(await domain.getAutostart()).toBe(true);
    await domain.setAutostart(false);
    const snapshot = await domain.snapshotCreateXML('<domainsnapshot><name>s1</name></domainsnapshot>');
    expect(snapshot.name).toBe('s1');
    expect((await domain.listAllSnapshots()).map((s) => s.name)).toEqual(['s1']);
    await snapshot.delete();
  });

  it('takes 64-bit numbers as BigInt or as safe integers', async () => {
    const pool = await connect.storagePoolLookupByName('default-pool');
    const volume = await pool.volCreateXML('<volume><name>big</name><capacity>1048576</capacity></volume>');
    expect([volume.name, volume.key]).toEqual(['big', await volume.getPath()]);
    expect(await volume.getInfo()).toEqual({ type: 0, capacity: 1_048_576n, allocation: 1_048_576n });
    expect((await pool.volLookupByName('big')).name).toBe('big');
    await volume.delete();
  });

  it('passes uuids as bytes and as text', async () => {
    const domain = await firstDomain();
    const uuid = await domain.getUUID();
    expect(uuid).toHaveLength(16);
    expect((await connect.domainLookupByUUID(uuid)).uuid).toBe(domain.uuid);
    expect((await connect.domainLookupByUUIDString(domain.uuid)).name).toBe('test');
  });

  it('reads the statistics of all domains, and of some', async () => {
    const all = await connect.getAllDomainStats(lv.VIR_DOMAIN_STATS_STATE);
    expect(all).toMatchObject([{ name: 'test', params: { 'state.state': lv.VIR_DOMAIN_RUNNING } }]);
    expect(all[0]?.domain.uuid).toBe(all[0]?.uuid);
    expect(await rejection(connect.domainListGetStats([connect as never]))).toBeInstanceOf(TypeError);
  });

  it('reads ids, vCPUs and free memory by cell', async () => {
    expect(await connect.listDomains()).toEqual([1]);
    expect(await (await firstDomain()).getVcpus()).toHaveLength(2);
    expect(await connect.nodeGetCellsFreeMemory(0, 2)).toHaveLength(2);
    expect(await connect.getClientVersion()).toBeGreaterThanOrEqual(9_000_000);
  });
});

describe('errors', () => {
  it('carries all that libvirt says', async () => {
    const error = await rejection(connect.domainLookupByName('nobody'));
    expect(error).toBeInstanceOf(lv.LibvirtError);
    expect(error).toMatchObject({
      code: lv.VIR_ERR_NO_DOMAIN,
      domain: lv.VIR_FROM_TEST,
      level: lv.VIR_ERR_ERROR,
      fn: 'virDomainLookupByName',
      str2: null,
    });
    expect(String(error)).toMatch(/Domain not found/);
  });

  it('does not mix up the errors of calls that run at once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `no-${i}`);
    const errors = await Promise.all(names.map((name) => rejection(connect.networkLookupByName(name))));
    expect(errors.map((e) => (e as lv.LibvirtError).message)).toEqual(
      names.map((name) => expect.stringContaining(name)),
    );
  });

  it.each([
    ['a number for a string', () => connect.domainLookupByName(3 as never), /argument 1 must be a string/],
    ['undefined for a string', () => connect.domainLookupByName(undefined as never), /argument 1 must be a string/],
    ['a NUL in a string', () => connect.domainLookupByName('a\0b'), /NUL/],
    ['a fraction', () => connect.domainLookupByID(1.5), /argument 1 must be an integer/],
    ['out of 32 bits', () => connect.domainLookupByID(2 ** 31), /in range/],
    ['a short uuid', () => connect.domainLookupByUUID(new Uint8Array(3)), /16 bytes/],
    ['an unknown event', () => connect.onDomainEvent(99 as never, () => {}), /known event id/],
  ])('refuses %s before anything is sent', async (_, run, message) => {
    const error = await rejection(run());
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(message);
  });

  it('refuses a URI that no driver takes', async () => {
    expect(await rejection(lv.open('test+nonsense://'))).toBeInstanceOf(lv.LibvirtError);
  });
});

describe('the gate', () => {
  it.each([
    ['a moment ago', () => lv.boottimeMs() - 1],
    ['zero', () => 0],
    ['minus infinity', () => Number.NEGATIVE_INFINITY],
    ['not a number', () => Number.NaN],
  ])('sends nothing after its time: %s', async (_, notAfterMs) => {
    const domain = await firstDomain();
    const before = await domain.getState();
    const error = await rejection(domain.suspend({ notAfterMs: notAfterMs() }));
    expect(error).toBeInstanceOf(lv.GateClosed);
    expect(await domain.getState()).toEqual(before);
  });

  it('lets a call through in time', async () => {
    await (await firstDomain()).setMetadata(lv.VIR_DOMAIN_METADATA_TITLE, 'in time', null, null, 0, {
      notAfterMs: lv.boottimeMs() + 60_000,
    });
    expect(await (await firstDomain()).getMetadata(lv.VIR_DOMAIN_METADATA_TITLE, null)).toBe('in time');
  });
});
