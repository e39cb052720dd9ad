/** A host that lets us in no more: told with what to do on it, and tried at once when its Host is touched. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind } from '#api/v1alpha1/index.ts';
import { clearWorld, client, prepareWorld, rig } from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { hostReady, hostSays, mergeHost } from '../support/hosts.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

const KEYS = '/etc/ssh/authorized_keys';

fault(
  'people',
  'authorized_keys of a host are lost and brought back: refused meanwhile, in at once when its Host is touched',
  async (story) => {
    const hosts = await client.listAll(hostKind);
    const host = hosts.find(({ spec }) => spec.uri.startsWith('qemu+ssh:'))?.metadata.name ?? '';
    expect(host, 'a host that is reached by ssh').not.toBe('');
    await rig.exec(host, ['cp', '-a', KEYS, `${KEYS}.kept`]);
    try {
      await rig.exec(host, ['truncate', '-s', '0', KEYS]);
      // connections that stand are let be: a new one has to be made
      await rig.fault(host, 'stop');
      await rig.fault(host, 'start');
      const told = await hostSays(host, 'Ready', 'SSHAuthenticationFailed');
      expect(told).toContain('authorized_keys');
    } finally {
      await rig.exec(host, ['mv', `${KEYS}.kept`, KEYS]);
    }
    const since = performance.now();
    await mergeHost(host, { metadata: { annotations: { mended: new Date().toISOString() } } });
    await hostReady(host, 30_000);
    story.note(`in again ${((performance.now() - since) / 1000).toFixed(1)} s after its Host was touched`);
  },
);
