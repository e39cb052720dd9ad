/** Another machine answers, one machine has two names, or it is another fleet's: nothing is done to what is not ours. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { renderClaim } from '#libvirt/claim.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  prepareWorld,
  ready,
  rig,
  until,
  word,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import {
  blank,
  hostObject,
  hostReady,
  hostSays,
  labelHosts,
  machinesOn,
  mergeHost,
  on,
  removeMachines,
  starts,
} from '../support/hosts.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

/** The domains and networks of a host, by libvirt itself. */
const everythingOn = async (host: string): Promise<string> =>
  (
    await Promise.all([rig.virsh(host, 'list', '--all', '--uuid'), rig.virsh(host, 'net-list', '--all', '--uuid')])
  ).join();

fault(
  'hosts',
  'the URI of a Host leads to another machine',
  async () => {
    const { spec } = await hostObject('h1');
    const [before] = await machinesOn('h1', ['stays']);
    const h2 = await hostObject('h2');
    const proxy = await TcpProxy.start({ host: rig.host('h1').address, port: 16509 });
    try {
      await mergeHost('h1', { spec: { uri: `qemu+tcp://127.0.0.1:${proxy.port}/system`, credentialsRef: null } });
      await until(hostKind, 'h1', 'be reached by the proxy', (h) => proxy.accepted > 1 && h.status?.state === 'Ready');
      const there = await everythingOn('h2');
      // As if its name were given to another machine.
      proxy.upstream = { host: rig.host('h2').address, port: 16509 };
      proxy.cut();
      const message = await hostSays('h1', 'Ready', 'HostUUIDChanged', 60_000);
      expect(message).toContain(rig.host('h2').uuid);
      expect(message).toContain(rig.host('h1').uuid);
      expect(message).toMatch(/delete this Host|delete the Host/i);
      await apply(virtualMachineKind, 'stays', blank({ ...on('h1'), runStrategy: 'Halted' }));
      const lost = await word('stays', 'Unknown');
      expect(lost.status?.message).toContain('h1');
      expect(await everythingOn('h2'), 'nothing is done to the other machine').toBe(there);
      const other = await hostObject('h2');
      expect(other.status?.state).toBe('Ready');
      expect(other.status?.hostUUID).toBe(h2.status?.hostUUID);
      proxy.upstream = { host: rig.host('h1').address, port: 16509 };
      await hostReady('h1', 120_000);
      await word('stays', 'Stopped');
      await apply(virtualMachineKind, 'stays', blank(on('h1')));
      const back = await ready('stays');
      expect(starts(back)).toBe((before ? starts(before) : 0) + 1);
    } finally {
      await mergeHost('h1', { spec: { uri: spec.uri, credentialsRef: spec.credentialsRef ?? null } });
      await hostReady('h1', 120_000);
      await proxy.close();
    }
    await removeMachines(['stays']);
  },
  { timeoutMs: 480_000 },
);

fault(
  'hosts',
  'the host UUID changes behind the same URI, as after a new installation',
  async () => {
    await machinesOn('h3', ['stays']);
    const { uuid } = rig.host('h3');
    const other = '7661ffff-0000-4000-8000-00000000ffff';
    const rename = async (from: string, to: string): Promise<void> => {
      await rig.fault('h3', 'stop');
      await rig.exec('h3', ['sed', '-i', `s/${from}/${to}/`, '/etc/libvirt/libvirtd.conf']);
      await rig.fault('h3', 'start');
    };
    await rename(uuid, other);
    try {
      const message = await hostSays('h3', 'Ready', 'HostUUIDChanged', 60_000);
      expect(message).toContain(other);
      expect(message).toContain(uuid);
      const lost = await word('stays', 'Unknown');
      expect(lost.status?.message).toContain('h3');
      expect(condition(await hostObject('h3'), 'Stalled')?.reason, 'a person has to help').toBe('HostUUIDChanged');
    } finally {
      await rename(other, uuid);
    }
    await hostReady('h3', 120_000);
    await ready('stays');
    await removeMachines(['stays']);
  },
  { timeoutMs: 480_000 },
);

fault(
  'hosts',
  'one machine is added under two names',
  async () => {
    const [before] = await machinesOn('h3', ['stays']);
    await apply(hostKind, 'h3-again', { spec: { uri: `qemu+tcp://${rig.host('h3').address}/system` } });
    try {
      const message = await hostSays('h3-again', 'Ready', 'DuplicateHost', 60_000);
      expect(message).toMatch(/Host h3\b/);
      expect(message).toMatch(/Delete one of the two/);
      const again = await hostObject('h3-again');
      expect(condition(again, 'Schedulable')?.status).toBe('False');
      expect((await hostObject('h3')).status?.state, 'the first keeps it').toBe('Ready');
      await machinesOn('h3', ['another']);
      // The same with a restart of everything that knows who came first.
      await rig.component('operator', 'kill');
      await rig.component('operator', 'start');
      await rig.operatorReady(60_000);
      await hostReady('h3', 90_000);
      await hostSays('h3-again', 'Ready', 'DuplicateHost', 90_000);
      expect(starts(await ready('stays', 60_000))).toBe(before ? starts(before) : 0);
    } finally {
      await gone(hostKind, 'h3-again');
    }
    const host = await hostReady('h3');
    expect(condition(host, 'Claimed')?.status, 'the claim is still there').toBe('True');
    expect(await rig.virsh('h3', 'net-list', '--all', '--name')).toContain('virtfleet-claim');
    await removeMachines(['stays', 'another']);
  },
  { timeoutMs: 480_000 },
);

fault(
  'hosts',
  'a host is of another fleet, at first contact and by a claim that changes under us',
  async () => {
    const stranger = 'c0ffee00-0000-4000-8000-000000000001';
    const [vm] = await machinesOn('h2', ['stays']);
    const claim = async (fleet: string): Promise<void> => {
      await rig.exec('h2', ['sh', '-c', 'printf %s "$1" >/tmp/claim.xml', 'sh', renderClaim(fleet)]);
      // In one breath: a claim that is only taken away is soon there again.
      const taken = ['virsh', '--quiet', 'net-undefine virtfleet-claim; net-define /tmp/claim.xml'];
      await waitFor("the claim to be the other fleet's", async () => (await rig.tryExec('h2', taken)).code === 0, {
        timeoutMs: 30_000,
        intervalMs: 50,
      });
    };
    await claim(stranger);
    try {
      const message = await hostSays('h2', 'Ready', 'OwnedByOtherFleet', 60_000);
      expect(message).toContain(stranger);
      expect(message).toMatch(/virtfleet-claim/);
      const there = await everythingOn('h2');
      await apply(virtualMachineKind, 'stays', blank({ ...on('h2'), runStrategy: 'Halted' }));
      const lost = await word('stays', 'Unknown');
      expect(lost.status?.message).toContain('h2');
      await apply(virtualMachineKind, 'refused', blank(on('h2')));
      const refused = await word('refused', 'Unschedulable');
      expect(refused.status?.message).toContain('h2');
      expect(await everythingOn('h2'), 'nothing is done there').toBe(there);
    } finally {
      // The mend of the message, done by hand.
      await rig.exec('h2', ['virsh', '--quiet', 'net-undefine', 'virtfleet-claim']);
    }
    await hostReady('h2', 180_000);
    await word('stays', 'Stopped');
    await ready('refused', 90_000);
    expect((await get(virtualMachineKind, 'stays'))?.status?.run?.generation).toBe(vm ? starts(vm) : 0);
    await removeMachines(['stays', 'refused']);
  },
  { timeoutMs: 480_000 },
);
