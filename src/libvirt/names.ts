/**
 * Every name and number that is derived rather than chosen: the same input gives the same name in every process,
 * after every restart, so that what was made before a crash is found again.
 */
import { createHash } from 'node:crypto';
import { validate as isUuid, v5 as uuidv5 } from 'uuid';

/** A libvirt name becomes file names (logs, sockets, leases); most file systems end at 255 bytes. */
const MAX_NAME = 200;
/** Gives a fleet whose id is no UUID one to derive others from. Never changes: pools and claims are found by it. */
const FLEET_NAMESPACE = '4f1d7a52-0f5e-5c39-9d0a-6a1c0c3a7b11';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** At most `max` characters; a name that is longer keeps its start and ends in 12 digits of its own hash. */
export function cutName(name: string, max = MAX_NAME): string {
  return name.length <= max ? name : `${name.slice(0, max - 13)}-${sha256(name).slice(0, 12)}`;
}

/** Names in Kubernetes hold no underscore, so that two objects never get one name. */
export function domainName(namespace: string, name: string): string {
  return cutName(`${namespace}_${name}`);
}

export function networkName(namespace: string, name: string): string {
  return cutName(`${namespace}_${name}`);
}

/** A machine's own disk. The attempt leaves nothing of a failed one to be mistaken for the next. */
export function diskVolumeName(o: {
  machine: string;
  disk: string;
  uid: string;
  attempt: number;
  format: string;
}): string {
  return withTail(`${o.machine}-${o.disk}`, `-${o.uid}-${o.attempt}.${o.format}`);
}

/** The cloud-init seed: its name carries its content, so that a changed seed is another volume. */
export function seedVolumeName(o: { machine: string; uid: string; digest: string }): string {
  return withTail(`${o.machine}-seed`, `-${o.uid}-${o.digest.replace(/^sha256:/, '').slice(0, 12)}.iso`);
}

/** One copy of an image in one pool. */
export function imageVolumeName(o: { image: string; uid: string; attempt: number; format: string }): string {
  return withTail(o.image, `-${o.uid}-${o.attempt}.${o.format}`);
}

/** The volume of a StorageVolume. */
export function storageVolumeName(o: { volume: string; uid: string; attempt: number; format: string }): string {
  return withTail(o.volume, `-${o.uid}-${o.attempt}.${o.format}`);
}

const withTail = (head: string, tail: string): string => `${cutName(head, MAX_NAME - tail.length)}${tail}`;

/** A bridge's name has 15 characters at most: `vf` and 12 digits of the network's uid. */
export function bridgeName(networkUid: string): string {
  return `vf${networkUid.replaceAll('-', '').toLowerCase().slice(0, 12)}`;
}

/** The libvirt UUID of a StoragePool, the same on every host of the fleet. */
export function poolUuid(fleet: string, poolUid: string): string {
  return uuidv5(poolUid, fleetUuid(fleet));
}

/** The libvirt UUID of a fleet's claim on a host. */
export function claimUuid(fleet: string): string {
  return uuidv5('claim', fleetUuid(fleet));
}

const fleetUuid = (fleet: string): string => (isUuid(fleet) ? fleet : uuidv5(fleet, FLEET_NAMESPACE));

/** The gateway's MAC, the same on every host, so that a machine that moved keeps its neighbour entry. */
export function gatewayMac(networkUid: string): string {
  return macFrom(`gateway/${networkUid}`);
}

/** A machine's MAC on one interface. The attempt is raised when another machine had the same one. */
export function interfaceMac(machineUid: string, interfaceName: string, attempt = 0): string {
  return macFrom(`machine/${machineUid}/${interfaceName}/${attempt}`);
}

/** QEMU's own prefix 52:54:00 (locally administered) leaves 24 bits; we use 02 and 40 bits instead: collisions stay rare. */
function macFrom(seed: string): string {
  const digits = sha256(seed).slice(0, 10);
  return `02:${(digits.match(/../g) ?? []).join(':')}`;
}
