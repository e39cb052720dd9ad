/** A host's libvirt and QEMU are replaced by those of the next Debian while its machines run. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { attr, child, children } from '#libvirt/tree.ts';
import { parseXml } from '#libvirt/xml.ts';
import {
  apply,
  clearWorld,
  condition,
  http,
  line,
  networkName,
  placeOf,
  prepareWorld,
  ready,
  remove,
  rig,
  root,
  small,
  until,
  word,
} from '../../e2e/support/world.ts';
import { ownSuite } from '../../rig/libvirts.ts';
import { fault } from '../fault.ts';
import { awaitGone, blank, hostReady, labelHosts, machinesOn, on, removeMachines, starts } from '../support/hosts.ts';

const host = 'h3';
const own = ownSuite() ?? '';
const next = 'trixie';

beforeAll(async () => {
  await prepareWorld();
  await labelHosts();
});
afterAll(() => clearWorld());

/** Where each disk and interface of the machine's definition sits on its buses. */
async function places(uuid: string): Promise<Record<string, string>> {
  const devices = child(parseXml(await rig.virsh(host, 'dumpxml', '--inactive', uuid)), 'devices');
  const named = children(devices).flatMap((device): [string, string][] => {
    const name = attr(child(device, 'mac'), 'address') ?? attr(child(device, 'target'), 'dev');
    const address = child(device, 'address');
    return name !== undefined && address && ['disk', 'interface'].includes(device.name)
      ? [[`${device.name} ${name}`, JSON.stringify(address.attrs)]]
      : [];
  });
  return Object.fromEntries(named);
}

const versions = async (): Promise<string> => {
  const { status } = await hostReady(host, 120_000);
  return `libvirt ${status?.versions?.libvirt} and QEMU ${status?.versions?.hypervisor}`;
};

fault(
  'hosts',
  'libvirt and QEMU of a host are upgraded from 9.0 to 11.3 under running machines',
  async (story) => {
    const lan = { name: 'lan', networkName };
    const spec = small(on(host)).spec;
    await apply(virtualMachineKind, 'stays', { spec });
    const before = await ready('stays', 180_000);
    const { uuid } = placeOf(before);
    const greeting = await http(before);
    await machinesOn(host, ['stopped', 'removed']);
    const sat = await places(uuid);
    expect(Object.keys(sat)).toHaveLength(2);
    const from = await versions();
    try {
      await rig.upgrade(host, next);
      // asked for while the operator is still on its way back
      await apply(virtualMachineKind, 'stopped', blank({ ...on(host), runStrategy: 'Halted' }));
      await remove(virtualMachineKind, 'removed');
      await until(
        hostKind,
        host,
        'tell its new version',
        ({ status }) => status?.state === 'Ready' && `${status.versions?.libvirt}`.startsWith('11.'),
        120_000,
      );
      story.note(`from ${from} to ${await versions()}`);

      const after = await ready('stays', 120_000);
      expect(starts(after), 'it was not started again').toBe(starts(before));
      expect(placeOf(after)).toEqual(placeOf(before));
      expect(await http(after), 'its guest runs on').toBe(greeting);
      expect(condition(after, 'RestartRequired')).toBeUndefined();
      await word('stopped', 'Stopped', 120_000);
      await awaitGone('removed');

      // a change of what runs in the old QEMU, by the new libvirt
      const disks = [root(), { name: 'data', template: { poolName: 'local', size: '32Mi' } }];
      await apply(virtualMachineKind, 'stays', {
        spec: { ...spec, disks, interfaces: [lan, { ...lan, name: 'second' }] },
      });
      const changed = await ready('stays', 120_000);
      expect(starts(changed), 'it was changed while it ran').toBe(starts(before));
      await line('stays', /^disk vdb 33554432$/, 120_000);
      await line('stays', /^nic eth1 /, 120_000);
      expect(await places(uuid), 'what was there keeps its place').toMatchObject(sat);

      // and its next start is one in the new QEMU
      await apply(virtualMachineKind, 'stays', { spec: { ...spec, disks, runStrategy: 'Halted' } });
      await word('stays', 'Stopped', 120_000);
      await apply(virtualMachineKind, 'stays', { spec: { ...spec, disks } });
      const again = await ready('stays', 180_000);
      expect(starts(again)).toBe(starts(before) + 1);
      expect(placeOf(again)).toEqual(placeOf(before));
      expect(await http(again, '/', 120_000)).toBe(greeting);
      expect(await places(uuid)).toMatchObject(sat);
      const qemu = await rig.virsh(host, 'qemu-monitor-command', uuid, '--hmp', 'info version');
      story.note(`started again in QEMU ${qemu.trim()}`);
      expect(qemu).toMatch(/^10\./);
      await apply(virtualMachineKind, 'stopped', blank(on(host)));
      await ready('stopped', 120_000);
      await machinesOn(host, ['made']);
      await removeMachines(['stays', 'stopped', 'made']);
    } finally {
      await rig.upgrade(host, own);
    }
    expect(await versions()).toBe(from);
  },
  {
    timeoutMs: 900_000,
    cannot:
      own !== 'bookworm' && `the way from 9.0 to 11.3 begins on Debian bookworm, and this is ${own || 'no Debian'}`,
  },
);
