import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';

const rig = rigFromEnv();

describe('a rig that is up', () => {
  it('serves every host over tcp, tls and its socket', async () => {
    const { pkiPath } = rig.credentials;
    for (const host of rig.hosts) {
      for (const uri of [host.uris.tcp, `${host.uris.tls}?pkipath=${pkiPath}`, host.uris.unix]) {
        const answer = await rig.virshFromOutside(uri, 'hostname');
        expect(answer.trim(), uri).toBe(host.name);
      }
    }
  });

  it('lets in by ssh who has the key, when the host is the one that known_hosts names', async () => {
    for (const host of rig.hosts) expect((await rig.ssh(host.name, 'hostname')).trim()).toBe(host.name);
  });

  it('gives every host an identity of its own, and hides KVM', async () => {
    const seen = await Promise.all(
      rig.hosts.map(async (host) => {
        const capabilities = await rig.virsh(host.name, 'capabilities');
        expect(capabilities).toContain(`<uuid>${host.uuid}</uuid>`);
        expect(capabilities).not.toContain("domain type='kvm'");
        return await rig.exec(host.name, ['cat', '/etc/machine-id', '/proc/sys/kernel/random/boot_id']);
      }),
    );
    expect(new Set(seen).size).toBe(rig.hosts.length);
  });

  it('shares one directory between hosts and keeps the other private', async () => {
    const [one, two] = rig.hosts;
    if (!one || !two) throw new Error('this test needs two hosts');
    await rig.exec(one.name, ['touch', '/srv/virtfleet/shared/seen', '/srv/virtfleet/local/seen']);
    expect(await rig.exec(two.name, ['ls', '/srv/virtfleet/shared'])).toContain('seen');
    expect(await rig.exec(two.name, ['ls', '/srv/virtfleet/local'])).not.toContain('seen');
    await rig.exec(one.name, ['rm', '/srv/virtfleet/shared/seen', '/srv/virtfleet/local/seen']);
  });

  it('serves its guest image, whole and broken', async () => {
    const { http } = rig.imageServer;
    const length = async (path: string) => {
      const response = await fetch(`${http}${path}`);
      return { announced: Number(response.headers.get('content-length')), got: (await response.bytes()).length };
    };
    const whole = await length('/tiny.qcow2');
    expect(whole.got).toBe(whole.announced);
    const half = Math.floor(whole.got / 2);
    expect(await length('/short/tiny.qcow2')).toEqual({ announced: half, got: half });
    await expect(length('/truncated/tiny.qcow2')).rejects.toThrow();
    expect((await fetch(`${http}/status/503`)).status).toBe(503);
  });

  it('runs Redis with an append-only file, and evicts nothing', async () => {
    const record = JSON.parse(await readFile(`${rig.dir}/daemons/redis.json`, 'utf8')) as { argv: string[] };
    expect(record.argv.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
    expect(rig.componentState('redis')).toBe('running');
  });
});

describe('faults', () => {
  const [victim] = rig.hosts;
  if (!victim) throw new Error('these tests need a host');
  const reach = () => rig.virshFromOutside(victim.uris.tcp, 'hostname');

  it('kill ends libvirtd, start brings it back', async () => {
    await rig.fault(victim.name, 'kill');
    await expect(reach()).rejects.toThrow('Connection refused');
    await rig.fault(victim.name, 'start');
    expect((await reach()).trim()).toBe(victim.name);
  });

  it('freeze leaves libvirtd where it is, thaw lets it go on', async () => {
    await rig.fault(victim.name, 'freeze');
    expect((await rig.hostStatus(victim.name)).libvirtd).toBe('frozen');
    await expect(rig.virshFromOutside(victim.uris.tcp, 'hostname', 1_000)).rejects.toThrow();
    await rig.fault(victim.name, 'thaw');
    expect((await reach()).trim()).toBe(victim.name);
  });

  it('cut makes a host unreachable, heal brings it back', async () => {
    await rig.fault(victim.name, 'cut');
    await expect(rig.virshFromOutside(victim.uris.tcp, 'hostname', 2_000)).rejects.toThrow();
    await rig.fault(victim.name, 'heal');
    await waitFor('the host to be reachable', reach, { timeoutMs: 10_000 });
  });

  it('poweroff takes everything that runs along; poweron is another boot with the same files', async () => {
    const bootId = () => rig.exec(victim.name, ['cat', '/proc/sys/kernel/random/boot_id']);
    const before = await bootId();
    await rig.exec(victim.name, ['touch', '/run/lost', '/srv/virtfleet/local/kept']);
    await rig.fault(victim.name, 'poweroff');
    expect(await rig.hostStatus(victim.name)).toMatchObject({ power: 'off', libvirtd: 'stopped', guests: 0 });
    await rig.fault(victim.name, 'poweron');
    expect(await bootId()).not.toBe(before);
    expect(await rig.exec(victim.name, ['ls', '/run'])).not.toContain('lost');
    await rig.exec(victim.name, ['rm', '/srv/virtfleet/local/kept']);
    expect((await waitFor('the host to be reachable', reach, { timeoutMs: 10_000 }))?.trim()).toBe(victim.name);
  });

  it('the API server comes back with what it knew', async () => {
    await rig.kubectl.run('create', 'configmap', 'kept', '-n', 'default');
    await rig.component('apiserver', 'kill');
    expect(rig.componentState('apiserver')).toBe('stopped');
    await rig.component('apiserver', 'start');
    await waitFor('the API server', () => rig.kubectl.run('get', 'configmap', 'kept', '-n', 'default'), {
      timeoutMs: 30_000,
      intervalMs: 250,
    });
    await rig.kubectl.run('delete', 'configmap', 'kept', '-n', 'default');
  });
});
