/**
 * What a new process finds as an earlier one left it. At our own start that is most of a fleet: it is looked at in full a
 * little later, spread out, so that what has changed meanwhile comes first. Pure.
 */
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainRecord } from '#hostpool/types.ts';
import { hasFinalizer } from '#kube/finalizers.ts';
import { conditionStatus } from '../conditions.ts';

/** A domain with the machine's UUID or its stamp, on one host of the fleet. */
export interface Found {
  host: { uid: string; inSight: boolean };
  domain: DomainRecord;
}

/** libvirt's states of a domain: running, blocked on a resource, off. */
const RUNNING = 1;
const BLOCKED = 2;
const SHUTOFF = 5;

/**
 * The machine runs, or is off, where its status says, by its own stamp and nowhere else; nothing is under way with it, and
 * nothing was asked of it since. What only documents tell (drift, a device that is missing) is not known by this, nor
 * whether an object that it uses has changed: status tells of these what it told before.
 */
export function isAsLeft(machine: VirtualMachine, found: readonly Found[], fleet: string): boolean {
  const { metadata, status } = machine;
  const [only, ...others] = found;
  if (!only || others.length > 0 || !status?.host) return false;
  const { host, domain } = only;
  const { stamp } = domain;
  const is = (type: string) => conditionStatus(status.conditions, type) === 'True';
  return (
    metadata.deletionTimestamp === undefined &&
    hasFinalizer(machine, FINALIZER) &&
    status.observedGeneration === metadata.generation &&
    status.migration === undefined &&
    status.request === undefined &&
    status.stop === undefined &&
    host.inSight &&
    host.uid === status.host.uid &&
    domain.uuid === status.uuid &&
    stamp?.fleet === fleet &&
    stamp.uid === metadata.uid &&
    stamp.namespace === metadata.namespace &&
    stamp.name === metadata.name &&
    stamp.incarnation === status.incarnation &&
    stamp.definedHash !== undefined &&
    domain.persistent &&
    !domain.autostart &&
    is('Ready') &&
    (is('Running') ? isRunning(domain) && status.run?.confirmed === true : domain.state === SHUTOFF)
  );
}

const isRunning = ({ state }: DomainRecord): boolean => state === RUNNING || state === BLOCKED;

/** So long, ms, for each machine of the fleet: the pace at which those that are as they were left are looked at. */
const LOOK_EACH_MS = 10;

/** When such a machine is looked at in full, on the clock of `from`, ms; `random` is in [0, 1). */
export const firstLookAt = (from: number, machines: number, random: number): number =>
  from + random * machines * LOOK_EACH_MS;
