/** Where libvirt is a daemon a driver, one of them may fail while the others, and our connection, go on. */
import { afterAll, beforeAll, expect } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { apply, clearWorld, http, prepareWorld, ready, remove, rig, small, word } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import {
  awaitGone,
  blank,
  hostReady,
  hostSays,
  labelHosts,
  machinesOn,
  on,
  removeMachines,
  starts,
} from '../support/hosts.ts';

const split = rig.hosts.find((host) => host.split)?.name;
const cannot = split === undefined && 'no host of the rig runs split daemons: bring it up with --split-daemons 1';
const host = split ?? '';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

const made = ['made-1', 'made-2', 'made-3'];
const secondsSince = (then: number): number => Math.round((performance.now() - then) / 1000);

for (const daemon of ['virtnetworkd', 'virtstoraged']) {
  fault(
    'hosts',
    `${daemon} alone is frozen, and machines are made and removed once it is told`,
    async (story) => {
      await apply(virtualMachineKind, 'stays', small(on(host)));
      const before = await ready('stays', 120_000);
      const greeting = await http(before);
      await machinesOn(host, ['removed']);
      await rig.fault(host, 'freeze', daemon);
      const since = performance.now();
      try {
        // nobody asks for anything there: the host is asked for its daemons now and then
        const message = await hostSays(host, 'Ready', 'HostNotAnswering', 120_000);
        story.note(`told ${secondsSince(since)} s after it was frozen`);
        expect(message).toContain(host);
        expect(message).toContain(daemon);
        await word('stays', 'Unknown');
        await apply(virtualMachineKind, 'made', small(on(host)));
        await remove(virtualMachineKind, 'removed');
        // a machine for another host does not wait for this one
        await apply(virtualMachineKind, 'elsewhere', blank(on('h1')));
        await ready('elsewhere', 60_000);
        expect(await http(before, '/', 20_000), 'its guest runs on').toBe(greeting);
      } finally {
        await rig.fault(host, 'thaw', daemon);
      }
      await hostReady(host, 60_000);
      const back = await ready('stays', 60_000);
      expect(starts(back), 'it was not started again').toBe(starts(before));
      expect(starts(await ready('made', 120_000)), 'it was started once').toBe(1);
      await awaitGone('removed');
      await removeMachines(['stays', 'made', 'elsewhere']);
    },
    { timeoutMs: 540_000, cannot },
  );
}

fault(
  'hosts',
  'virtnetworkd alone is frozen in the midst of creates, a change and a deletion',
  async (story) => {
    await apply(virtualMachineKind, 'stays', small(on(host)));
    const before = await ready('stays', 120_000);
    await machinesOn(host, ['changed', 'removed']);
    await rig.fault(host, 'freeze', 'virtnetworkd');
    const since = performance.now();
    try {
      // these find everything in order until they come to the network
      for (const name of made) await apply(virtualMachineKind, name, small(on(host)));
      await apply(virtualMachineKind, 'changed', blank({ ...on(host), runStrategy: 'Halted' }));
      await remove(virtualMachineKind, 'removed');
      await hostSays(host, 'Ready', 'HostNotAnswering', 120_000);
      story.note(`told ${secondsSince(since)} s after it was frozen`);
    } finally {
      await rig.fault(host, 'thaw', 'virtnetworkd');
    }
    await hostReady(host, 60_000);
    const back = await ready('stays', 60_000);
    expect(starts(back), 'it was not started again').toBe(starts(before));
    for (const name of made) expect(starts(await ready(name, 120_000)), 'it was started once').toBe(1);
    await word('changed', 'Stopped', 60_000);
    await awaitGone('removed');
    await removeMachines(['stays', 'changed', ...made]);
  },
  { timeoutMs: 540_000, cannot },
);

fault(
  'hosts',
  'each of the split daemons is killed and started again while machines are made and removed',
  async () => {
    await apply(virtualMachineKind, 'stays', small(on(host)));
    const before = await ready('stays', 120_000);
    const greeting = await http(before);
    for (const daemon of ['virtstoraged', 'virtnetworkd', 'virtqemud', 'virtproxyd']) {
      await apply(virtualMachineKind, `made-${daemon}`, small(on(host)));
      await rig.fault(host, 'kill', daemon);
      await rig.fault(host, 'start', daemon);
      expect(starts(await ready(`made-${daemon}`, 120_000)), 'it was started once').toBe(1);
      await removeMachines([`made-${daemon}`]);
      expect(await http(before, '/', 20_000), 'its guest runs on').toBe(greeting);
    }
    const back = await ready('stays', 60_000);
    expect(starts(back), 'it was not started again').toBe(starts(before));
    await removeMachines(['stays']);
  },
  { timeoutMs: 600_000, cannot },
);

/** What libvirt's nftables backend asks of the kernel for every network with an address, in libvirt's own words. */
async function noNftables(): Promise<string | false> {
  if (cannot) return cannot;
  if ((await rig.tryExec(host, ['nft', 'list', 'tables'])).code !== 0) return `${host} has no nft`;
  const { code } = await rig.tryExec(host, ['sh', '-c', CHECKSUMS]);
  return code !== 0 && "the kernel has no act_csum, which libvirt's nftables backend needs for every network";
}
const CHECKSUMS = `
  ip link add name vfcsum type bridge || exit 1
  trap 'ip link delete vfcsum' EXIT
  tc qdisc add dev vfcsum root handle 1: htb default 2 &&
    tc filter add dev vfcsum prio 2 protocol ip parent 1: u32 match ip dport 68 ffff action csum ip and udp`;

fault(
  'hosts',
  'the firewall of its networks becomes nftables under running machines, and is taken away by hand',
  async () => {
    const conf = '/etc/libvirt/network.conf';
    const restart = async (): Promise<void> => {
      await rig.fault(host, 'stop', 'virtnetworkd');
      await rig.fault(host, 'start', 'virtnetworkd');
    };
    const masqueraded = async (): Promise<void> => {
      await waitFor(
        `libvirt's table of ${host} to hold the rules of the network`,
        async () => (await rig.exec(host, ['nft', 'list', 'table', 'ip', 'libvirt_network'])).includes('10.77.0.0/24'),
        { timeoutMs: 30_000, intervalMs: 250 },
      );
    };
    await apply(virtualMachineKind, 'stays', small(on(host)));
    const before = await ready('stays', 120_000);
    const greeting = await http(before);
    await rig.exec(host, ['sh', '-c', `echo 'firewall_backend = "nftables"' >${conf}`]);
    try {
      await restart();
      await hostReady(host, 60_000);
      await masqueraded();
      expect(await http(await ready('stays', 60_000))).toBe(greeting);
      await apply(virtualMachineKind, 'made', small(on(host)));
      expect(await http(await ready('made', 120_000))).toBe(greeting);
      // libvirt brings its rules back when its daemon starts; ours is to go on by then
      await rig.exec(host, ['nft', 'delete', 'table', 'ip', 'libvirt_network']);
      await restart();
      await masqueraded();
      const back = await ready('stays', 60_000);
      expect(starts(back), 'it was not started again').toBe(starts(before));
      expect(await http(back)).toBe(greeting);
      await removeMachines(['made']);
    } finally {
      await rig.exec(host, ['rm', '-f', conf]);
      await restart();
    }
    await hostReady(host, 60_000);
    expect(await http(await ready('stays', 60_000))).toBe(greeting);
    await removeMachines(['stays']);
  },
  { timeoutMs: 540_000, cannot: await noNftables() },
);
