/** The way to a host is cut, in both directions or one, is slow, or loses packets. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  prepareWorld,
  ready,
  remove,
  rig,
  root,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import {
  awaitGone,
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
import { losing, type Way } from '../support/packets.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

/** What has to be true of a host out of reach and of what is asked for meanwhile, whatever cut it off. */
async function changesWhileAway(host: string, away: (during: () => Promise<void>) => Promise<void>): Promise<void> {
  const [before] = await machinesOn(host, ['stays', 'changed', 'removed']);
  await away(async () => {
    await apply(virtualMachineKind, 'made', blank(on(host)));
    await apply(virtualMachineKind, 'changed', blank({ ...on(host), runStrategy: 'Halted' }));
    await remove(virtualMachineKind, 'removed');
    const lost = await word('stays', 'Unknown', 120_000);
    expect(condition(lost, 'Running')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
    expect(condition(lost, 'Ready')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
    expect(lost.status?.message).toContain(host);
    const object = await until(hostKind, host, 'be Lost', ({ status }) => status?.state === 'Lost', 90_000);
    expect(condition(object, 'Connected')?.status).toBe('False');
    expect(condition(object, 'Schedulable')?.status).toBe('False');
  });
  const back = await ready('stays', 90_000);
  expect(starts(back)).toBe(before ? starts(before) : 0);
  await ready('made', 90_000);
  await word('changed', 'Stopped', 90_000);
  await awaitGone('removed');
  await removeMachines(['stays', 'made', 'changed']);
}

fault(
  'hosts',
  'the network to a host is cut, and changes are asked for meanwhile',
  async () => {
    await changesWhileAway('h1', async (during) => {
      await rig.fault('h1', 'cut');
      try {
        await during();
      } finally {
        await rig.fault('h1', 'heal');
      }
    });
  },
  { timeoutMs: 480_000 },
);

const cutWays: readonly [string, string, Way][] = [
  ['h2', 'what is sent to the host is lost, what it sends arrives', 'in'],
  ['h3', 'what the host sends is lost, what is sent to it arrives', 'out'],
];
for (const [host, words, way] of cutWays) {
  fault(
    'hosts',
    `the network is cut one way: ${words}`,
    async () => {
      await changesWhileAway(host, (during) => losing(host, [way], 1, during));
    },
    { timeoutMs: 480_000 },
  );
}

fault(
  'hosts',
  '5 % of all packets are lost, to all hosts and from them',
  async (story) => {
    const hosts = rig.hosts.map(({ name }) => name);
    const lossy = hosts.reduceRight<() => Promise<void>>(
      (inner, host) => () => losing(host, ['in', 'out'], 0.05, inner),
      async () => {
        const since = performance.now();
        const names = hosts.flatMap((host) => [`${host}-1`, `${host}-2`]);
        const applyAll = (over: object = {}) =>
          Promise.all(
            names.map((name) => {
              const disks = [root({ size: '96Mi' })];
              return apply(virtualMachineKind, name, small({ ...on(name.slice(0, 2)), disks, ...over }));
            }),
          );
        await applyAll({ runStrategy: 'Halted' });
        await applyAll();
        await Promise.all(names.map((name) => ready(name, 180_000)));
        story.note(`six machines ran after ${Math.round((performance.now() - since) / 1000)} s`);
        await applyAll({ runStrategy: 'Halted' });
        await Promise.all(names.map((name) => word(name, 'Stopped', 120_000)));
        await removeMachines(names);
      },
    );
    await lossy();
    await Promise.all(hosts.map((host) => hostReady(host)));
  },
  { timeoutMs: 540_000 },
);

fault(
  'hosts',
  '300 ms of latency each way on the road to a host',
  async (story) => {
    const { spec } = await hostObject('h3');
    const proxy = await TcpProxy.start({ host: rig.host('h3').address, port: 16509 });
    try {
      await mergeHost('h3', { spec: { uri: `qemu+tcp://127.0.0.1:${proxy.port}/system`, credentialsRef: null } });
      await until(
        hostKind,
        'h3',
        'be reached by the proxy',
        (host) => proxy.accepted > 1 && host.status?.state === 'Ready',
      );
      await hostReady('h3');
      proxy.latencyMs = 300;
      proxy.cut(); // so that the first contact is slow, too
      const dialled = performance.now();
      await hostSays('h3', 'Ready', 'Ready', 60_000);
      const since = performance.now();
      const [vm] = await machinesOn('h3', ['slow']);
      story.note(
        `Ready ${((since - dialled) / 1000).toFixed(1)} s after a cut, a machine made in ${((performance.now() - since) / 1000).toFixed(1)} s`,
      );
      await apply(virtualMachineKind, 'slow', blank({ ...on('h3'), runStrategy: 'Halted' }));
      await word('slow', 'Stopped');
      await apply(virtualMachineKind, 'slow', blank(on('h3')));
      const again = await ready('slow');
      expect(starts(again)).toBe((vm ? starts(vm) : 0) + 1);
      await removeMachines(['slow']);
      expect((await hostObject('h3')).status?.state).toBe('Ready');
    } finally {
      await mergeHost('h3', { spec: { uri: spec.uri, credentialsRef: spec.credentialsRef ?? null } });
      await until(hostKind, 'h3', 'be reached directly', (host) => host.status?.state === 'Ready');
      await proxy.close();
    }
    await hostReady('h3');
  },
  { timeoutMs: 480_000 },
);
