import {
  type TypedParams,
  VIR_DOMAIN_AFFECT_CONFIG,
  VIR_DOMAIN_AFFECT_LIVE,
  VIR_DOMAIN_BLOCK_RESIZE_BYTES,
} from '@virtfleet/libvirt';
import type { Right } from '#platform/right.ts';
import { type Done, onDomain } from './domains.ts';
import { hasCode } from './errors.ts';
import type { Host } from './types.ts';

/** Which of the two documents a change is for; a live one waits for the domain's monitor. */
export interface Affects {
  live: boolean;
  config: boolean;
}

const DEVICE_MISSING = 99;

function flagsOf({ live, config }: Affects): number {
  return (live ? VIR_DOMAIN_AFFECT_LIVE : 0) | (config ? VIR_DOMAIN_AFFECT_CONFIG : 0);
}

const waitsFor = (uuid: string, { live }: Affects): { monitorOf?: string } => (live ? { monitorOf: uuid } : {});

/** The caller has seen that the device is not there: libvirt refuses a second one of the same target or alias. */
export async function attachDevice(
  host: Host,
  right: Right,
  uuid: string,
  xml: string,
  affects: Affects,
): Promise<Done> {
  const attach = onDomain(uuid, (domain, o) => domain.attachDeviceFlags(xml, flagsOf(affects), o));
  await host.change('domain.attachDevice', right, attach, waitsFor(uuid, affects));
  return 'changed';
}

/** Live, the guest has a say: the device is gone when the live document no longer has it. Not there: success. */
export async function detachDevice(
  host: Host,
  right: Right,
  uuid: string,
  xml: string,
  affects: Affects,
): Promise<Done> {
  const detach = onDomain(uuid, (domain, o) => domain.detachDeviceFlags(xml, flagsOf(affects), o));
  try {
    await host.change('domain.detachDevice', right, detach, waitsFor(uuid, affects));
    return 'changed';
  } catch (error) {
    if (hasCode(error, DEVICE_MISSING)) return 'unchanged';
    throw error;
  }
}

/** Media, link state, bandwidth: what libvirt can change of a device that stays. */
export async function updateDevice(
  host: Host,
  right: Right,
  uuid: string,
  xml: string,
  affects: Affects,
): Promise<Done> {
  const update = onDomain(uuid, (domain, o) => domain.updateDeviceFlags(xml, flagsOf(affects), o));
  await host.change('domain.updateDevice', right, update, waitsFor(uuid, affects));
  return 'changed';
}

export async function setVcpus(host: Host, right: Right, uuid: string, count: number, affects: Affects): Promise<Done> {
  const set = onDomain(uuid, (domain, o) => domain.setVcpusFlags(count, flagsOf(affects), o));
  await host.change('domain.setVcpus', right, set, waitsFor(uuid, affects));
  return 'changed';
}

/** The balloon's target, or the memory of the next start. */
export async function setMemory(
  host: Host,
  right: Right,
  uuid: string,
  bytes: number,
  affects: Affects,
): Promise<Done> {
  const set = onDomain(uuid, (domain, o) => domain.setMemoryFlags(Math.floor(bytes / 1024), flagsOf(affects), o));
  await host.change('domain.setMemory', right, set, waitsFor(uuid, affects));
  return 'changed';
}

/** Grows a disk of a running domain, the file under it included. `target` is vda, or the volume's path. */
export async function blockResize(
  host: Host,
  right: Right,
  uuid: string,
  target: string,
  bytes: number,
): Promise<Done> {
  const resize = onDomain(uuid, (domain, o) =>
    domain.blockResize(target, BigInt(bytes), VIR_DOMAIN_BLOCK_RESIZE_BYTES, o),
  );
  await host.change('domain.blockResize', right, resize, { monitorOf: uuid });
  return 'changed';
}

/** Disk throttling: virDomainSetBlockIoTune's parameters; a missing one is left, zero is "no limit". */
export async function throttleDisk(
  host: Host,
  right: Right,
  uuid: string,
  target: string,
  params: TypedParams,
  affects: Affects,
): Promise<Done> {
  const set = onDomain(uuid, (domain, o) => domain.setBlockIoTune(target, params, flagsOf(affects), o));
  await host.change('domain.throttleDisk', right, set, waitsFor(uuid, affects));
  return 'changed';
}
