/** Random machines and networks for property tests: everything that the input types allow, small enough to read. */
import fc from 'fast-check';
import type { DiskInput, DomainInput, InterfaceInput } from '../domain.ts';
import type { NetworkInput } from '../network.ts';
import { isXmlText } from '../xml.ts';
import { disk, MIB, machine, network, nic } from './builders.ts';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
/** Without the keys that are undefined: the input types tell "unset" from "set to undefined". */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/);
/** Text as a user may write it, on one line as libvirt's schema wants it. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => isXmlText(text) && !/[\r\n\t]/.test(text) && text.trim() === text);

/** What libvirt's schema takes as a path; ours are made of Kubernetes names. */
const fileName = fc.stringMatching(/^[a-z0-9][a-zA-Z0-9_.+-]{0,12}$/);

const throttle = fc.oneof(
  fc.record({ totalBytesSec: fc.integer({ min: 1, max: 10 ** 9 }) }),
  fc.record({ readIopsSec: fc.integer({ min: 1, max: 10 ** 6 }), writeIopsSec: fc.integer({ min: 1, max: 10 ** 6 }) }),
);

export const anyDisk = (name: string): fc.Arbitrary<DiskInput> =>
  fc
    .record({
      bus: fc.constantFrom('virtio', 'scsi', 'sata', 'usb'),
      device: fc.constantFrom('disk', 'cdrom'),
      source: fc.oneof(
        fileName.map((name) => ({ kind: 'file' as const, path: `/pool/${name}` })),
        fileName.map((volume) => ({ kind: 'volume' as const, pool: 'local', volume })),
      ),
      cache: maybe(fc.constantFrom('none', 'writeback', 'unsafe')),
      discard: maybe(fc.constantFrom('unmap', 'ignore')),
      serial: maybe(fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/)),
      iotune: maybe(throttle),
    } as const)
    .map((more) =>
      disk(
        name,
        compact({
          ...more,
          bus: more.device === 'cdrom' && more.bus === 'virtio' ? 'scsi' : more.bus,
        } as Partial<DiskInput>),
      ),
    );

export const anyNic = (name: string, n: number): fc.Arbitrary<InterfaceInput> =>
  fc
    .record({
      model: fc.constantFrom('virtio', 'e1000e'),
      mtu: maybe(fc.integer({ min: 576, max: 9000 })),
      linkState: maybe(fc.constantFrom('up', 'down')),
      isolated: maybe(fc.boolean()),
      bandwidth: maybe(fc.record({ inbound: fc.record({ averageKiBSec: fc.integer({ min: 1, max: 10 ** 6 }) }) })),
    } as const)
    .map((more) => nic(name, n, compact(more as Partial<InterfaceInput>)));

/** Names are distinct: the API server sees to that for the list of disks and for the list of interfaces. */
const named = <T>(make: (name: string, n: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.uniqueArray(label, { maxLength: 4 }).chain((names) => fc.tuple(...names.map((name, n) => make(name, n))));

export const anyMachine: fc.Arbitrary<DomainInput> = fc
  .record({
    title: maybe(line),
    domainType: fc.constantFrom('kvm', 'qemu'),
    memoryBytes: fc.integer({ min: 1, max: 64 }).map((n) => n * 128 * MIB),
    maxMemoryBytes: maybe(fc.integer({ min: 1, max: 128 }).map((n) => n * 128 * MIB)),
    cpu: fc
      .record({
        mode: fc.constantFrom('custom', 'host-model', 'host-passthrough'),
        sockets: fc.integer({ min: 1, max: 2 }),
        cores: fc.integer({ min: 1, max: 4 }),
        threads: fc.integer({ min: 1, max: 2 }),
        maxVcpus: maybe(fc.integer({ min: 1, max: 32 })),
      } as const)
      .map((cpu) => compact({ ...cpu, model: cpu.mode === 'custom' ? 'qemu64' : undefined })),
    firmware: maybe(
      fc.constantFrom({ type: 'BIOS' }, { type: 'UEFI', secureBoot: false }, { type: 'UEFI', secureBoot: true }),
    ),
    disks: named(anyDisk),
    interfaces: named(anyNic),
    graphics: maybe(fc.constantFrom({ type: 'None' }, { type: 'VNC', listen: '127.0.0.1' })),
    serialLogPath: maybe(fc.constantFrom('/var/log/libvirt/qemu/a.log', '/var/log/libvirt/qemu/b.log')),
    agent: fc.boolean(),
    rng: fc.boolean(),
    watchdog: maybe(fc.constantFrom({ model: 'i6300esb', action: 'reset' })),
    clock: maybe(fc.constantFrom('utc', 'localtime')),
  } as const)
  .map((input) => machine(compact(input) as Partial<DomainInput>));

export const anyNetwork: fc.Arbitrary<NetworkInput> = fc
  .record({
    mode: fc.constantFrom('NAT', 'Isolated'),
    ipv6: maybe(fc.constant({ gateway: 'fd00::1', prefix: 64 })),
    domain: maybe(fc.constantFrom('lab.internal', 'example.org')),
    mtu: maybe(fc.integer({ min: 576, max: 9000 })),
    portIsolation: maybe(fc.boolean()),
    dns: maybe(
      fc.record({
        forwarders: fc.uniqueArray(fc.constantFrom('1.1.1.1', '9.9.9.9')),
        hosts: fc
          .uniqueArray(fc.constantFrom('10.40.0.1', '10.40.0.9'))
          .map((ips) => ips.map((ip) => ({ ip, names: ['gw', 'gateway'] }))),
      }),
    ),
    reservations: maybe(
      fc.uniqueArray(fc.integer({ min: 2, max: 99 }), { maxLength: 4 }).map((all) =>
        all.map((n) => ({
          mac: `02:00:00:00:01:${String(n).padStart(2, '0')}`,
          ip: `10.40.0.${n}`,
          name: `web-${n}`,
        })),
      ),
    ),
  } as const)
  .map((input) => network(compact(input) as Partial<NetworkInput>));
