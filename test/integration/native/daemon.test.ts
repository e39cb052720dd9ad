import { readdirSync, writeFileSync } from 'node:fs';
import * as lv from '@virtfleet/libvirt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rejection, until } from '../../../native/test/wait.ts';
import { guestXml, type Libvirtd, startLibvirtd } from './libvirtd.ts';

/** The binding against a real libvirtd and QEMU, and what it does when that daemon stops answering. */

let daemon: Libvirtd;
let connect: lv.Connect;
beforeAll(async () => {
  daemon = await startLibvirtd();
});
afterAll(async () => {
  await daemon?.stop();
});
beforeEach(async () => {
  connect = await lv.open(daemon.uri, { timeoutMs: 10_000 });
});
afterEach(async () => {
  await connect.close();
  await until('everything is let go', () => {
    const { connections, handles, calls, threads, subscriptions } = lv.counters();
    return connections + handles + calls + threads + subscriptions === 0;
  });
});

async function withGuest(name: string, run: (domain: lv.Domain) => Promise<void>, extra = ''): Promise<void> {
  const domain = await connect.domainDefineXMLFlags(guestXml(name, extra), lv.VIR_DOMAIN_DEFINE_VALIDATE);
  try {
    await domain.create();
    await run(domain);
  } finally {
    if (!connect.closed) {
      await domain.destroy().catch(() => {});
      await domain.undefine();
    }
  }
}

describe('a running guest', () => {
  it('tells its vCPUs, memory, pins, block jobs and addresses', async () => {
    const disk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${daemon.dir}/pool/disk.raw'/><target dev='vda' bus='virtio'/></disk>`;
    const pool = await connect.storagePoolCreateXML(
      `<pool type='dir'><name>disks</name><target><path>${daemon.dir}/pool</path></target></pool>`,
    );
    await pool.volCreateXML(
      "<volume><name>disk.raw</name><capacity>1048576</capacity><target><format type='raw'/></target></volume>",
    );
    await withGuest(
      'facts',
      async (domain) => {
        const cpus = await connect.nodeGetCPUMap();
        expect(cpus.map.length).toBe(Math.ceil(cpus.cpus / 8));
        const vcpus = await domain.getVcpus();
        expect(vcpus).toMatchObject([{ number: 0, state: lv.VIR_VCPU_RUNNING }]);
        expect(typeof vcpus[0]?.cpuTime).toBe('bigint');
        expect(await domain.getVcpuPinInfo()).toEqual([vcpus[0]?.cpumap]);
        const memory = await domain.memoryStats();
        expect(memory[lv.VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON]).toBe(65_536n);
        expect(await domain.getBlockJobInfo('vda')).toBeNull();
        expect(await domain.getBlockInfo('vda')).toMatchObject({ capacity: 1_048_576n });
        expect((await domain.blockStatsFlags('vda')).rd_operations).toBeTypeOf('bigint');
        expect(await domain.getBlockIoTune('vda')).toMatchObject({ total_bytes_sec: 0n });
        await domain.setBlockIoTune('vda', { total_bytes_sec: 1_000_000 });
        expect(await domain.getBlockIoTune('vda')).toMatchObject({ total_bytes_sec: 1_000_000n });
        expect(await domain.interfaceAddresses(lv.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE)).toEqual([]);
        expect(await connect.nodeGetCPUStats(lv.VIR_NODE_CPU_STATS_ALL_CPUS)).toMatchObject({
          kernel: expect.any(BigInt),
        });
        expect(await connect.nodeGetMemoryStats(lv.VIR_NODE_MEMORY_STATS_ALL_CELLS)).toMatchObject({
          total: expect.any(BigInt),
        });
        const [stats] = await connect.getAllDomainStats(0, lv.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
        expect(stats).toMatchObject({
          name: 'facts',
          params: { 'state.state': lv.VIR_DOMAIN_RUNNING, 'block.count': 1 },
        });
        expect((await connect.domainListGetStats([domain], lv.VIR_DOMAIN_STATS_STATE)).map((s) => s.uuid)).toEqual([
          domain.uuid,
        ]);
      },
      disk,
    );
    await pool.destroy();
  });

  it('is followed by its events', async () => {
    const seen: string[] = [];
    await connect.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE, (e) => seen.push(`${e.domain.name} ${e.event}`));
    await connect.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, (e) =>
      seen.push(`${e.domain.name} metadata ${e.nsuri}`),
    );
    await withGuest('heard', async (domain) => {
      await domain.suspend();
      await domain.resume();
      await domain.setMetadata(lv.VIR_DOMAIN_METADATA_ELEMENT, '<a/>', 'x', 'urn:x', lv.VIR_DOMAIN_AFFECT_CONFIG);
    });
    const ids = [
      lv.VIR_DOMAIN_EVENT_DEFINED,
      lv.VIR_DOMAIN_EVENT_STARTED,
      lv.VIR_DOMAIN_EVENT_SUSPENDED,
      lv.VIR_DOMAIN_EVENT_RESUMED,
      lv.VIR_DOMAIN_EVENT_STOPPED,
      lv.VIR_DOMAIN_EVENT_UNDEFINED,
    ];
    // Waited for by name: how often libvirt says that a guest goes on is its own affair.
    const wanted = [...ids.map((id) => `heard ${id}`), 'heard metadata urn:x'];
    await until('all events', () => wanted.every((one) => seen.includes(one)));
    expect(seen).toEqual(expect.arrayContaining(wanted));
  });

  it('has a console that is read, written, and let go while the guest is silent', async () => {
    await withGuest('console', async (domain) => {
      const dedicated = await lv.open(daemon.uri, { events: false, maxInFlight: 2, timeoutMs: 10_000 });
      const same = await dedicated.domainLookupByName('console');
      const terminal = await lv.openConsole(same);
      await new Promise<void>((resolve, reject) =>
        terminal.write('hello\r', (error) => (error ? reject(error) : resolve())),
      );
      const second = await rejection(
        lv
          .openConsole(await dedicated.domainLookupByName('console'), null, { timeoutMs: 5_000 })
          .then((t) => t.destroy()),
      );
      expect(second).toBeInstanceOf(lv.LibvirtError);
      const closed = new Promise((resolve) => terminal.once('close', resolve));
      terminal.destroy();
      await closed;
      await dedicated.close({ graceMs: 2_000 });
      expect(await domain.isActive()).toBe(true);
    });
  });
});

describe('a network', () => {
  it('tells the leases of its DHCP server', async () => {
    const network = await connect.networkCreateXML(
      `<network><name>leases</name><bridge name='vfnbr0'/><ip address='10.99.0.1' netmask='255.255.255.0'><dhcp><range start='10.99.0.10' end='10.99.0.20'/></dhcp></ip></network>`,
    );
    expect(await network.getDHCPLeases()).toEqual([]);
    // As libvirt's lease helper writes it when dnsmasq has given an address.
    const expiry = Math.floor(Date.now() / 1000) + 3600;
    const lease = {
      'ip-address': '10.99.0.11',
      'mac-address': '52:54:00:00:00:01',
      hostname: 'guest',
      'expiry-time': expiry,
    };
    writeFileSync(`${daemon.dir}/lib/dnsmasq/vfnbr0.status`, JSON.stringify([lease]));
    expect(await network.getDHCPLeases()).toEqual([
      {
        iface: 'vfnbr0',
        expirytime: BigInt(expiry),
        type: lv.VIR_IP_ADDR_TYPE_IPV4,
        mac: '52:54:00:00:00:01',
        iaid: null,
        ipaddr: '10.99.0.11',
        prefix: 24,
        hostname: 'guest',
        clientid: null,
      },
    ]);
    expect(await network.getDHCPLeases('52:54:00:00:00:02')).toEqual([]);
    const nic = `<interface type='network'><source network='leases'/><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>`;
    await withGuest(
      'leased',
      async (domain) => {
        expect(await domain.interfaceAddresses(lv.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE)).toEqual([
          {
            name: expect.stringMatching(/^vnet/),
            hwaddr: '52:54:00:00:00:01',
            addrs: [{ type: lv.VIR_IP_ADDR_TYPE_IPV4, addr: '10.99.0.11', prefix: 24 }],
          },
        ]);
      },
      nic,
    );
    await network.destroy();
  });
});

describe('a daemon that stops answering', () => {
  afterEach(() => daemon.thaw());

  it('orphans what was sent and takes back what was not', async () => {
    daemon.freeze();
    const errors = await Promise.all(
      Array.from({ length: 6 }, () => rejection(connect.listAllDomains(0, { timeoutMs: 200 }))),
    );
    expect(errors.map((e) => (e as lv.LibvirtTimeout).sent)).toEqual([true, true, true, true, false, false]);
    expect(lv.counters().orphans).toBe(4);
    daemon.thaw();
    await until('the orphans end', () => lv.counters().orphans === 0);
    expect(await connect.isAlive()).toBe(true);
  });

  it('an abort fails every pending call within milliseconds', async () => {
    daemon.freeze();
    const pending = Array.from({ length: 8 }, () => rejection(connect.getHostname({ timeoutMs: 10_000 })));
    await until('four calls are sent', () => lv.counters().running === 4);
    const started = performance.now();
    connect.abort();
    const errors = await Promise.all(pending);
    await connect.close();
    expect(performance.now() - started).toBeLessThan(500);
    for (const error of errors)
      expect(error instanceof lv.LibvirtError || error instanceof lv.ConnectionClosed).toBe(true);
    expect(connect.closed).toBe(true);
  });

  it('a close does not wait for ever', async () => {
    daemon.freeze();
    const hung = rejection(connect.getHostname());
    await until('the call is sent', () => lv.counters().running === 1);
    await connect.close({ graceMs: 100 });
    expect(await hung).toBeInstanceOf(lv.LibvirtError);
  });

  it('keeps no thread and no descriptor of 30 connections that were aborted under load', async () => {
    const descriptors = (): number => readdirSync('/proc/self/fd').length;
    const threads = (): number => readdirSync('/proc/self/task').length;
    const before = { descriptors: descriptors(), threads: threads() };
    for (let round = 0; round < 30; round++) {
      const one = await lv.open(daemon.uri, { timeoutMs: 10_000 });
      const calls = Array.from({ length: 12 }, () => one.getCapabilities().catch(() => null));
      await one.listAllDomains();
      one.abort();
      await Promise.all(calls);
      await one.close();
    }
    await until(
      'threads and descriptors are back',
      () => threads() <= before.threads + 1 && descriptors() <= before.descriptors + 1,
    );
  });

  it('keepalive notices, and the close callback tells', async () => {
    const reasons: number[] = [];
    await connect.onClose((reason) => reasons.push(reason));
    await connect.setKeepAlive(1, 2);
    daemon.freeze();
    await until('the connection is lost', () => reasons.length > 0, 10_000);
    expect(reasons).toEqual([lv.VIR_CONNECT_CLOSE_REASON_KEEPALIVE]);
    expect(await connect.isAlive()).toBe(false);
  });
});
