/**
 * What must be done to a *running* machine so that it becomes what is wanted: a closed set of changes. What cannot be
 * done live is said as RestartRequired; the inactive document has it already, and the next start brings it.
 */
import type { DomainInput } from './input.ts';

/** `xml` is the device as virDomainAttachDeviceFlags, DetachDeviceFlags or UpdateDeviceFlags want it, with AFFECT_LIVE. */
export type DomainChange =
  | { type: 'DetachDisk'; name: string; target: string; xml: string }
  | { type: 'DetachInterface'; name: string; mac: string; xml: string }
  | { type: 'AttachDisk'; name: string; target: string; xml: string }
  | { type: 'AttachInterface'; name: string; mac: string; xml: string }
  /** Another medium in a CD-ROM drive (or none). */
  | { type: 'UpdateDisk'; name: string; target: string; xml: string }
  /** virDomainSetBlockIoTune on `target`; every parameter is given, 0 is "no limit". */
  | { type: 'ThrottleDisk'; name: string; target: string; params: Record<string, number> }
  /** Link state, bandwidth, or the network it is plugged into. */
  | { type: 'UpdateInterface'; name: string; mac: string; xml: string }
  | { type: 'SetVcpus'; vcpus: number }
  /** A memory module to attach; with it the machine has `memoryBytes`. */
  | { type: 'SetMemory'; memoryBytes: number; xml: string }
  | RestartRequired;

export interface RestartRequired {
  type: 'RestartRequired';
  /** Where in the domain's document. */
  field: string;
  /** One sentence: what is, what is wanted. */
  message: string;
}

/**
 * @param active the live document (virDomainGetXMLDesc without INACTIVE)
 * @param inactive the document of the next start, if it was rendered already: new devices take their addresses from it,
 *   so that a device keeps its slot over the next start.
 */
export function domainChanges(input: DomainInput, active: string, inactive?: string | null): DomainChange[] {
  throw new Error(`${input.name}: ${active.length} ${inactive?.length}`);
}
