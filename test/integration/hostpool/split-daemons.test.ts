import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureClaim, releaseClaim } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { unrestricted } from '#platform/right.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { credentialsOf, FLEET, TestPool, until } from './fixture.ts';

const rig = rigFromEnv();
const split = rig.hosts.find((host) => host.split);

/** Where libvirt is a daemon a driver, one of them may end while the others, and our connection, live on. */
describe.skipIf(!split)('a host with split daemons', () => {
  // run by no test where there is none
  const { name, uris } = split ?? rig.host('h1');
  const net = randomUUID();
  const pool = randomUUID();
  const define = async (command: string, xml: string): Promise<void> => {
    await rig.exec(name, ['sh', '-c', `cat >/tmp/split.xml <<'X'\n${xml}\nX`]);
    await rig.virsh(name, command, '/tmp/split.xml');
  };

  beforeAll(async () => {
    await rig.unclaimHosts();
    await define('net-define', `<network><name>split</name><uuid>${net}</uuid><bridge name='vfsplit0'/></network>`);
    await define(
      'pool-define',
      `<pool type='dir'><name>split</name><uuid>${pool}</uuid><target><path>/srv</path></target></pool>`,
    );
  });
  afterAll(async () => {
    await rig.fault(name, 'start');
    for (const command of ['net-destroy', 'net-undefine', 'pool-destroy', 'pool-undefine']) {
      await rig.virsh(name, command, 'split').catch(() => {}); // as far as a test that failed has left it
    }
  });

  test('is reached by ssh at virtqemud itself: virtproxyd may be down', async () => {
    const pools = new TestPool();
    await rig.fault(name, 'stop', 'virtproxyd');
    try {
      const host = await pools.ready(pools.add({ uri: uris.ssh, credentials: credentialsOf(rig) }));
      expect(host.facts?.hostUUID).toBe(split?.uuid);
      expect(host.inventory?.networks.get(net)).toMatchObject({ name: 'split', active: false });
      expect(host.inventory?.pools.get(pool)).toMatchObject({ name: 'split', active: false });
    } finally {
      await rig.fault(name, 'start', 'virtproxyd');
      await pools.close();
    }
  });

  describe.each(['ssh', 'tls'] as const)('over %s', (transport) => {
    const pools = new TestPool();
    let host: Host;
    beforeAll(async () => {
      host = await pools.ready(pools.add({ uri: uris[transport], credentials: credentialsOf(rig) }));
      await ensureClaim(host, unrestricted, FLEET);
    });
    afterAll(async () => {
      if (host.inSight) await releaseClaim(host, unrestricted, FLEET);
      await pools.close();
    });

    // virtnetworkd over ssh is found by the pool itself, which asks each daemon now and then; the others by a call
    test.each(['virtnetworkd', 'virtstoraged', 'virtqemud'])(
      '%s that is killed and started is found again',
      async (daemon) => {
        const { dials } = host;
        const isUnasked = transport === 'ssh' && daemon === 'virtnetworkd';
        await rig.fault(name, 'kill', daemon);
        await rig.fault(name, 'start', daemon);
        await until(
          'the host to be connected anew',
          async () => {
            if (!isUnasked) await host.refreshFacts();
            return host.inSight && host.dials > dials && host.facts?.claim.fleet === FLEET;
          },
          20_000,
        );
        // virtstoraged takes a directory pool that is there for active when it starts
        await rig.virsh(name, 'pool-destroy', 'split').catch(() => {});
        await until('the pool to be off', () => host.inventory?.pools.get(pool)?.active === false);
        await rig.virsh(name, 'pool-start', 'split');
        await until('the pool to run', () => host.inventory?.pools.get(pool)?.active === true);
        await rig.virsh(name, 'net-start', 'split');
        await until('the network to run', () => host.inventory?.networks.get(net)?.active === true);
        await rig.virsh(name, 'net-destroy', 'split');
        await until('the network to be off', () => host.inventory?.networks.get(net)?.active === false);
      },
    );
  });
});
