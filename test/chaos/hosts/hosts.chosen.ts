/** The faults of hosts that are part of `make test`: short ones. Those of `make chaos` go further. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  get,
  gone,
  prepareWorld,
  ready,
  remove,
  rig,
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
  on,
  removeMachines,
  starts,
} from '../support/hosts.ts';
import { losing } from '../support/packets.ts';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

fault('hosts', 'libvirtd is frozen until its machines are Unknown', async () => {
  const [before] = await machinesOn('h2', ['stays', 'removed']);
  await rig.fault('h2', 'freeze');
  try {
    await apply(virtualMachineKind, 'stays', blank({ ...on('h2'), runStrategy: 'Halted' }));
    await remove(virtualMachineKind, 'removed');
    const lost = await word('stays', 'Unknown', 60_000);
    expect(condition(lost, 'Running')).toMatchObject({ status: 'Unknown', reason: 'HostUnreachable' });
    expect(lost.status?.message).toMatch(/host h2 cannot be reached/);
    expect(lost.status?.message).toMatch(/kubectl describe vfhost h2/);
    expect((await get(virtualMachineKind, 'removed'))?.status?.printableStatus).toBe('Terminating');
  } finally {
    await rig.fault('h2', 'thaw');
  }
  await awaitGone('removed');
  await word('stays', 'Stopped');
  await apply(virtualMachineKind, 'stays', blank(on('h2')));
  expect(starts(await ready('stays'))).toBe((before ? starts(before) : 0) + 1);
  await removeMachines(['stays']);
});

fault('hosts', 'what a host sends is lost until it is Lost', async () => {
  const [before] = await machinesOn('h3', ['stays']);
  await losing('h3', ['out'], 1, async () => {
    await word('stays', 'Unknown', 60_000);
  });
  const back = await ready('stays');
  expect(starts(back), 'it was not started again').toBe(before ? starts(before) : 0);
  await removeMachines(['stays']);
});

fault('hosts', 'one machine is added under a second name for a while', async () => {
  await apply(hostKind, 'h3-again', { spec: { uri: `qemu+tcp://${rig.host('h3').address}/system` } });
  try {
    const message = await hostSays('h3-again', 'Ready', 'DuplicateHost');
    expect(message).toMatch(/Host h3\b/);
    expect(message).toMatch(/Delete one of the two/);
    expect(condition(await hostObject('h3-again'), 'Schedulable')?.status).toBe('False');
    expect((await hostObject('h3')).status?.state, 'the first keeps it').toBe('Ready');
  } finally {
    await gone(hostKind, 'h3-again');
  }
  await hostReady('h3');
  expect(await rig.virsh('h3', 'net-list', '--all', '--name')).toContain('virtfleet-claim');
});
