import { describe, expect, it } from 'vitest';
import { type HostKind, hostUri, operatorPorts, planHost, planImageServer, planRig, slotCount } from './plan.ts';

const slots = [...Array(slotCount).keys()];

describe('planRig', () => {
  it('gives no port and no network twice', () => {
    const plans = slots.map(planRig);
    const ports = plans.flatMap((plan) => [
      ...Object.values(plan.ports),
      ...[...Array(20).keys()].flatMap((replica) => Object.values(operatorPorts(plan, replica))),
    ]);
    expect(new Set(ports).size).toBe(ports.length);
    expect(new Set(plans.map((plan) => plan.subnet)).size).toBe(slotCount);
  });

  it('stays below the ports that the kernel gives to outgoing connections', () => {
    for (const plan of slots.map(planRig)) expect(operatorPorts(plan, 19).gateway).toBeLessThan(32_768);
  });

  it.each([-1, slotCount, 1.5])('refuses slot %s', (slot) => {
    expect(() => planRig(slot)).toThrow(RangeError);
  });
});

describe('planHost', () => {
  it('gives every host of a rig an address, a name and an identity of its own', () => {
    const plan = planRig(3);
    const kinds: [HostKind, number][] = [
      ['qemu', 250],
      ['test', 1000],
    ];
    const hosts = kinds.flatMap(([kind, n]) => [...Array(n).keys()].map((i) => planHost(plan, kind, i + 1)));
    for (const key of ['name', 'namespace', 'link', 'address', 'uuid'] as const) {
      expect(new Set(hosts.map((host) => host[key])).size, key).toBe(hosts.length);
    }
    expect(hosts.some((host) => host.address === planImageServer(plan).address)).toBe(false);
  });

  it('keeps the names of links within the 15 characters of the kernel', () => {
    expect(planHost(planRig(31), 'test', 1000).link.length).toBeLessThanOrEqual(15);
  });

  it('reaches hosts over ssh, tls and tcp in turn', () => {
    const uris = [1, 2, 3, 4].map((i) => hostUri(planHost(planRig(0), 'qemu', i)));
    expect(uris).toEqual([
      'qemu+ssh://root@10.80.1.2/system',
      'qemu+tls://10.80.1.3/system',
      'qemu+tcp://10.80.1.4/system',
      'qemu+ssh://root@10.80.1.5/system',
    ]);
    expect(hostUri(planHost(planRig(0), 'test', 1))).toBe('test+tcp://10.80.2.2/default');
  });

  it.each([0, 251, 1.5])('refuses host number %s', (index) => {
    expect(() => planHost(planRig(0), 'qemu', index)).toThrow(RangeError);
  });
});
