import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as lv from '../lib/index.ts';
import { rejection, until } from './wait.ts';

/** A sanitizer maps memory as it likes: a limit would stop it, not us. */
const sanitized = process.env.VIRTFLEET_LIBVIRT_ADDON !== undefined;
const threads = (): number => readdirSync('/proc/self/task').length;

afterEach(() => {
  expect(lv.counters()).toEqual({
    connections: 0,
    handles: 0,
    calls: 0,
    running: 0,
    orphans: 0,
    threads: 0,
    subscriptions: 0,
  });
});

describe('closing', () => {
  it('frees every handle and refuses what comes after', async () => {
    const connect = await lv.open('test:///default');
    const domains = await connect.listAllDomains();
    const pools = await connect.listAllStoragePools();
    expect(lv.counters()).toMatchObject({ connections: 1, handles: domains.length + pools.length });
    expect(connect.closed).toBe(false);
    const closing = connect.close();
    expect(connect.closed).toBe(true);
    expect(await rejection(connect.getHostname())).toBeInstanceOf(lv.ConnectionClosed);
    await closing;
    expect(await rejection(domains[0]?.getState() ?? Promise.resolve())).toBeInstanceOf(lv.ConnectionClosed);
    await connect.close();
  });

  it('lets the calls that run end', async () => {
    const connect = await lv.open('test:///default', { maxInFlight: 1 });
    const calls = Array.from({ length: 5 }, () =>
      connect.getCapabilities().then(
        () => 'answered',
        (e: Error) => e.name,
      ),
    );
    await connect.close();
    for (const outcome of await Promise.all(calls)) expect(['answered', 'ConnectionClosed']).toContain(outcome);
  });

  it('frees a handle at once when it is disposed', async () => {
    const connect = await lv.open('test:///default');
    // What a `using` declaration calls at the end of its block; the import check cannot parse one yet.
    const domain = await connect.domainLookupByName('test');
    expect(await domain.isActive()).toBe(true);
    expect(lv.counters().handles).toBe(1);
    domain[Symbol.dispose]();
    expect(lv.counters().handles).toBe(0);
    expect(String(await rejection(domain.getState()))).toMatch(/has not been freed/);
    await connect.close();
  });

  it('keeps to its number of threads, and lets them go', async () => {
    const before = threads();
    const connect = await lv.open('test:///default', { maxInFlight: 3 });
    await Promise.all(Array.from({ length: 200 }, () => connect.listAllDomains()));
    expect(lv.counters().threads).toBeLessThanOrEqual(3);
    await connect.close();
    await until('threads are gone', () => threads() <= before);
  });

  it('keeps order with one call in flight', async () => {
    const connect = await lv.open('test:///default', { maxInFlight: 1 });
    const order: number[] = [];
    await Promise.all(Array.from({ length: 50 }, (_, i) => connect.getHostname().then(() => order.push(i))));
    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i));
    await connect.close();
  });
});

describe('opening', () => {
  it('opens for reading only', async () => {
    const connect = await lv.open('test:///default', { readOnly: true });
    const domain = await connect.domainLookupByName('test');
    expect(await rejection(domain.suspend())).toMatchObject({ code: lv.VIR_ERR_OPERATION_DENIED });
    await connect.close();
  });

  it('gives name and password where they are asked for', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'vfn-'));
    const file = join(dir, 'node.xml');
    await writeFile(file, "<node><auth><user password='secret'>alice</user></auth></node>");
    const connect = await lv.open(`test://${file}`, { auth: { username: 'alice', password: 'secret' } });
    expect(await connect.getType()).toBe('TEST');
    await connect.close();
    for (const opts of [{ auth: { username: 'alice', password: 'wrong' } }, {}]) {
      expect(await rejection(lv.open(`test://${file}`, opts))).toMatchObject({ code: lv.VIR_ERR_AUTH_FAILED });
    }
    await rm(dir, { recursive: true });
    await until('the failed attempts are let go', () => lv.counters().threads === 0);
  });
});

describe('events', () => {
  it('delivers them typed, in order, until the subscription is closed', async () => {
    const connect = await lv.open('test:///default');
    const domain = await connect.domainLookupByName('test');
    const seen: [string, number][] = [];
    const subscription = await connect.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE, (e) =>
      seen.push([e.domain.uuid, e.event]),
    );
    expect(lv.counters().subscriptions).toBe(1);
    await domain.suspend();
    await domain.resume();
    await domain.destroy();
    await until('three events', () => seen.length >= 3);
    expect(seen).toEqual(
      [lv.VIR_DOMAIN_EVENT_SUSPENDED, lv.VIR_DOMAIN_EVENT_RESUMED, lv.VIR_DOMAIN_EVENT_STOPPED].map((event) => [
        domain.uuid,
        event,
      ]),
    );
    await subscription.close();
    await subscription.close();
    await domain.create();
    await connect.getHostname();
    expect(seen).toHaveLength(3);
    await connect.close();
  });

  it('hears of networks, pools and metadata, of one domain only if so asked', async () => {
    const connect = await lv.open('test:///default');
    const [network] = await connect.listAllNetworks();
    const domain = await connect.domainLookupByName('test');
    const other = await connect.domainDefineXML(
      "<domain type='test'><name>other</name><memory>1024</memory><os><type>hvm</type></os></domain>",
    );
    const seen: string[] = [];
    await connect.onNetworkEvent(lv.VIR_NETWORK_EVENT_ID_LIFECYCLE, (e) =>
      seen.push(`network ${e.network.name} ${e.event}`),
    );
    await connect.onStoragePoolEvent(lv.VIR_STORAGE_POOL_EVENT_ID_REFRESH, (e) => seen.push(`pool ${e.pool.name}`));
    await connect.onDomainEvent(
      lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
      (e) => seen.push(`domain ${e.domain.name} ${e.event}`),
      other,
    );
    await domain.suspend();
    await network?.destroy();
    await (await connect.storagePoolLookupByName('default-pool')).refresh();
    await other.create();
    await until('all events', () => seen.length >= 3);
    expect(seen).toEqual([
      `network default ${lv.VIR_NETWORK_EVENT_STOPPED}`,
      'pool default-pool',
      `domain other ${lv.VIR_DOMAIN_EVENT_STARTED}`,
    ]);
    await connect.close();
  });
});

describe('a daemon that never answers', () => {
  let server: Server;
  let dir: string;
  let uri: string;
  const sockets = new Set<Socket>();
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vfn-'));
    const path = join(dir, 's');
    server = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    uri = `qemu+unix:///system?socket=${path}`;
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await rm(dir, { recursive: true });
  });

  it.each([true, false])('lets go of an open at its deadline (events: %s)', async (events) => {
    const started = performance.now();
    const error = await rejection(lv.open(uri, { timeoutMs: 200, events }));
    expect(error).toBeInstanceOf(lv.LibvirtTimeout);
    expect(error).toMatchObject({ fn: 'virConnectOpenAuth', sent: true });
    expect(performance.now() - started).toBeLessThan(1_000);
    await until('the native call ends', () => lv.counters().calls === 0 && lv.counters().threads === 0);
  });

  it('does not grow by a thread for each of 50 opens', async () => {
    const before = threads();
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 10 }, () => rejection(lv.open(uri, { timeoutMs: 50 }))));
    }
    await until('threads are gone', () => lv.counters().threads === 0 && threads() <= before + 1);
  });

  it('leaves files and names to Node meanwhile', async () => {
    const opens = Array.from({ length: 8 }, () => rejection(lv.open(uri, { timeoutMs: 400 })));
    const started = performance.now();
    await rm(join(dir, 'nothing'), { force: true });
    expect(performance.now() - started).toBeLessThan(200);
    await Promise.all(opens);
    await until('the native calls end', () => lv.counters().threads === 0);
  });
});

describe('the process', () => {
  const index = fileURLToPath(new URL('../lib/index.ts', import.meta.url));
  const run = (code: string): Promise<{ code: number | null; out: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [
        '--expose-gc',
        '--input-type=module',
        '-e',
        `const lv = await import(${JSON.stringify(index)});\n${code}`,
      ]);
      let out = '';
      for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (data) => (out += data));
      const hard = setTimeout(() => child.kill('SIGKILL'), 50_000);
      child.on('exit', (status) => {
        clearTimeout(hard);
        resolve({ code: status, out });
      });
    });

  it('ends though a connection is open', async () => {
    expect(
      await run("const c = await lv.open('test:///default'); await c.listAllDomains(); console.log('done');"),
    ).toEqual({ code: 0, out: 'done\n' });
  });

  it('waits for a pending call', async () => {
    expect(
      await run("const c = await lv.open('test:///default'); c.getHostname().then(() => console.log('answered'));"),
    ).toEqual({ code: 0, out: 'answered\n' });
  });

  it('stays for a subscription until it is closed', async () => {
    const code = `const c = await lv.open('test:///default');
      const d = await c.domainLookupByName('test');
      const s = await c.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE, (e) => { console.log('event', e.event); s.close(); });
      d.suspend();`;
    expect(await run(code)).toEqual({ code: 0, out: `event ${lv.VIR_DOMAIN_EVENT_SUSPENDED}\n` });
  });

  it('may exit in the midst of calls', async () => {
    expect(
      await run(
        "const c = await lv.open('test:///default'); for (let i = 0; i < 500; i++) c.getCapabilities(); process.exit(0);",
      ),
    ).toEqual({ code: 0, out: '' });
  });

  it('closes what was forgotten, once it is collected', async () => {
    const code = `await (async () => { const c = await lv.open('test:///default', { maxInFlight: 1 }); await c.listAllDomains(); })();
      const end = Date.now() + 40_000;
      while (lv.counters().connections > 0 && Date.now() < end) { gc(); await new Promise((r) => setTimeout(r, 50)); }
      console.log(JSON.stringify(lv.counters()));`;
    const { out } = await run(code);
    expect(JSON.parse(out)).toMatchObject({ connections: 0, handles: 0, threads: 0 });
  }, 60_000);

  it('survives an error in a listener as any callback does', async () => {
    const code = `process.on('uncaughtException', (e) => { console.log('uncaught', e.message); process.exit(0); });
      const c = await lv.open('test:///default');
      await c.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE, () => { throw new Error('mine'); });
      await (await c.domainLookupByName('test')).suspend();`;
    expect(await run(code)).toEqual({ code: 0, out: 'uncaught mine\n' });
  });

  // A limit of memory that leaves no room for a stack: as a limit of processes, but it holds for root, too.
  it.skipIf(sanitized)('waits for a thread when there is none to be had, and goes on when there is', async () => {
    const code = `const { execFileSync } = await import('node:child_process');
      const { readFileSync } = await import('node:fs');
      const limit = (to) => execFileSync('prlimit', ['--pid', String(process.pid), '--as=' + to]);
      const c = await lv.open('test:///default', { maxInFlight: 8 });
      const size = Number(readFileSync('/proc/self/status', 'utf8').match(/VmSize:\\s+(\\d+)/)[1]) * 1024;
      limit((size + 4 * 2 ** 20) + ':unlimited');
      // One thread is there since the open; a second connection has none.
      const other = lv.open('test:///default');
      const early = await lv.open('test:///default', { timeoutMs: 300 }).catch((e) => e.name + ' sent:' + e.sent);
      const served = await Promise.all(Array.from({ length: 20 }, () => c.getHostname()));
      limit('unlimited:unlimited');
      const late = await (await other).getType();
      await c.close();
      console.log(early, served.length, late);`;
    expect(await run(code)).toEqual({ code: 0, out: 'LibvirtTimeout sent:false 20 TEST\n' });
  });
});
