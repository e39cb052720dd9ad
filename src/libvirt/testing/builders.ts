/** Builders for tests: what a test does not mention does not matter to it. */
import type { DiskInput, DomainInput, InterfaceInput } from '../domain.ts';
import type { NetworkInput } from '../network.ts';

export const MIB = 2 ** 20;

export function machine(input: Partial<DomainInput> = {}): DomainInput {
  return {
    uuid: '11111111-1111-4111-8111-111111111111',
    name: 'lab_web',
    domainType: 'qemu',
    arch: 'x86_64',
    machineType: 'pc-q35-7.2',
    emulator: '/usr/bin/qemu-system-x86_64',
    memoryBytes: 128 * MIB,
    cpu: { mode: 'custom', model: 'qemu64', sockets: 1, cores: 1, threads: 1 },
    disks: [],
    interfaces: [],
    agent: true,
    rng: true,
    tbCacheMiB: 64,
    stamp: { fleet: 'fleet', namespace: 'lab', name: 'web', uid: 'uid', incarnation: 1, specHash: 'sha256:0' },
    ...input,
  };
}

export function disk(name: string, more: Partial<DiskInput> = {}): DiskInput {
  const source = { kind: 'file', path: `/var/lib/libvirt/images/${name}.qcow2` } as const;
  return { name, device: 'disk', bus: 'virtio', source, format: 'qcow2', ...more };
}

export function nic(name: string, n: number, more: Partial<InterfaceInput> = {}): InterfaceInput {
  return {
    name,
    mac: `02:00:00:00:00:0${n}`,
    source: { kind: 'network', network: 'lab_lan' },
    model: 'virtio',
    ...more,
  };
}

export function network(input: Partial<NetworkInput> = {}): NetworkInput {
  return {
    uuid: '22222222-2222-4222-8222-222222222222',
    name: 'lab_lan',
    mode: 'NAT',
    bridge: 'vf222222222222',
    mac: '02:11:22:33:44:55',
    ipv4: { gateway: '10.40.0.1', prefix: 24 },
    stamp: { fleet: 'fleet', namespace: 'lab', name: 'lan', uid: '22222222-2222-4222-8222-222222222222' },
    ...input,
  };
}
