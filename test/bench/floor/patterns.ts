/** Writes what the C floor makes: the very documents that the operator has made, with other names in them. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connect, open, VIR_DOMAIN_XML_INACTIVE } from '@virtfleet/libvirt';
import { type VirtualMachine, virtualMachineImageKind } from '#api/v1alpha1/index.ts';
import { reservationXml } from '#libvirt/network.ts';
import { STAMP_NS, STAMP_PREFIX, stampToXml } from '#libvirt/stamp.ts';
import { renderVolume } from '#libvirt/volume.ts';
import type { HostInfo, RigClient } from '../../rig/client.ts';
import { type Fleet, namespace } from '../fleet.ts';

const CALL = { timeoutMs: 30_000 };
const bench = (xml: string): string =>
  xml.replaceAll(STAMP_NS, 'https://virtfleet.io/bench/v1').replaceAll(`${STAMP_PREFIX}:`, 'bench:');

/**
 * A directory for `floor`: on every host one machine of the operator's must run, to be copied `count` times in all.
 * Returns the names of those machines. As long as they are there, their hosts keep network and image.
 */
export async function writePatterns(
  rig: RigClient,
  fleet: Fleet,
  directory: string,
  count: number,
): Promise<Set<string>> {
  rmSync(directory, { recursive: true, force: true });
  const samples = rig.hosts.map((host) => {
    const machine = fleet.list().find(({ status }) => status?.host?.name === host.name);
    if (!machine) throw new Error(`no machine runs on ${host.name} whose documents the floor could copy`);
    return { host, machine };
  });
  const lines: string[] = [];
  for (const [at, { host, machine }] of samples.entries()) {
    mkdirSync(join(directory, String(at)), { recursive: true });
    lines.push(await writeHost(fleet, host, machine, join(directory, String(at)), directory));
  }
  writeFileSync(join(directory, 'hosts'), `${lines.join('\n')}\n`);
  writeFileSync(join(directory, 'machines'), machineLines(count, samples.length));
  return new Set(samples.map(({ machine }) => machine.metadata.name));
}

/** Round robin, which is what spreading them comes to. */
function machineLines(count: number, hosts: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const [high, low] = [Math.floor(i / 250), i % 250];
    const hex = i.toString(16).padStart(6, '0');
    const mac = `52:54:bb:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
    return `${i % hosts} floor-${String(i).padStart(5, '0')} ${randomUUID()} ${mac} 10.96.${200 + high}.${low + 2}`;
  });
  return `${lines.join('\n')}\n`;
}

async function writeHost(
  fleet: Fleet,
  host: HostInfo,
  { metadata, status }: VirtualMachine,
  directory: string,
  shared: string,
): Promise<string> {
  const [nic] = status?.interfaces ?? [];
  const uuid = status?.uuid ?? '';
  const address = nic?.addresses?.find(({ source }) => source === 'Reserved')?.address ?? '';
  const disk = status?.volumes?.find(({ role }) => role === 'Disk');
  const seed = status?.volumes?.find(({ role }) => role === 'Seed');
  if (!nic || !disk?.volumeName || !disk.sizeBytes) throw new Error(`${metadata.name} is not what the floor copies`);
  const pattern = (file: string, xml: string): void => {
    const values = [metadata.name, uuid, nic.mac, address].map((value, at) => [value, KEYS[at] ?? ''] as const);
    const filled = values.reduce((text, [value, key]) => text.replaceAll(value, key), xml);
    writeFileSync(join(directory, `${file}.xml`), filled);
  };
  pattern('reservation', reservationXml({ mac: nic.mac, ip: address, name: metadata.name }));
  const image = disk.base
    ? await fleet.client.get(virtualMachineImageKind, { namespace, name: disk.base.imageName })
    : null;
  const backing = image?.status?.copies?.find(({ hostName }) => !hostName || hostName === host.name)?.path;
  pattern(
    'disk',
    renderVolume({
      name: disk.volumeName,
      capacityBytes: disk.sizeBytes,
      format: 'qcow2',
      ...(backing ? { backing: { path: backing, format: 'qcow2' } } : {}),
    }),
  );
  if (seed?.volumeName && seed.sizeBytes) {
    pattern('seed', renderVolume({ name: seed.volumeName, capacityBytes: seed.sizeBytes, format: 'raw' }));
    writeFileSync(join(shared, 'seed.iso'), Buffer.alloc(seed.sizeBytes, 'seed'));
  }
  const stamp = { fleet: metadata.uid, namespace, name: metadata.name, uid: metadata.uid, incarnation: 1 };
  const hash = 'f'.repeat(64);
  // libvirt declares the prefix itself and refuses an element that has it already
  pattern(
    'stamp',
    bench(stampToXml({ ...stamp, specHash: hash, definedHash: hash }))
      .replace(/ xmlns:\S+="[^"]*"/, '')
      .replace('bench:', ''),
  );
  const ids = await readIds(host, uuid, nic.networkUID ?? '', disk.poolName ?? '');
  pattern('domain', bench(ids.domainXml));
  return `${host.uris.unix} ${nic.networkUID} ${ids.poolUuid}`;
}

const KEYS = ['@NAME@', '@UUID@', '@MAC@', '@ADDRESS@'];

async function readIds(
  host: HostInfo,
  uuid: string,
  networkUuid: string,
  poolName: string,
): Promise<{ domainXml: string; poolUuid: string }> {
  let connection: Connect | null = null;
  try {
    connection = await open(host.uris.unix, { events: false, timeoutMs: 10_000 });
    await connection.networkLookupByUUIDString(networkUuid, CALL);
    const domain = await connection.domainLookupByUUIDString(uuid, CALL);
    const domainXml = await domain.getXMLDesc(VIR_DOMAIN_XML_INACTIVE, CALL);
    const pool = await connection.storagePoolLookupByName(poolName, CALL);
    return { domainXml, poolUuid: pool.uuid };
  } finally {
    connection?.abort();
  }
}
