/** The machine's documents on its host, compared with what is wanted; read only when one of the two has changed. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { domainXml } from '#hostpool/ensure.ts';
import type { DomainRecord, Host } from '#hostpool/types.ts';
import type { DomainChange, DomainInput } from '#libvirt/domain.ts';
import { documentHash, domainChanges, domainDrift, readDomain } from '#libvirt/domain.ts';
import { parseXml } from '#libvirt/xml.ts';
import { changeKey } from './change.ts';
import type { DomainState } from './domain-state.ts';
import type { MachineMemory } from './memory.ts';
import type { ObservedDomain } from './plan.ts';
import type { RecordPlan } from './record.ts';

export interface Documents {
  inactiveXml: string | null;
  activeXml: string | null;
  changes: DomainChange[];
}

export const NO_DOCUMENTS: Documents = { inactiveXml: null, activeXml: null, changes: [] };

/** The documents are read only when the domain or the wish has changed since they were last found in order. */
export async function readDocuments(
  host: Host,
  record: DomainRecord,
  active: boolean,
  input: DomainInput,
  specHash: string,
  memory: MachineMemory,
): Promise<Documents> {
  if (memory.verified === verifiedKey(record, specHash)) return NO_DOCUMENTS;
  const [inactiveXml, activeXml] = await Promise.all([
    domainXml(host, record.uuid, { inactive: true }),
    active ? domainXml(host, record.uuid, { inactive: false }) : null,
  ]);
  const [inactive, live] = [inactiveXml, activeXml].map((xml) => (xml ? parseXml(xml) : null));
  const changes = live ? domainChanges(input, live, inactive) : [];
  memory.agentConnected = live ? readDomain(live).agent.connected : false;
  const current = new Set(changes.map(changeKey));
  for (const key of memory.liveRefused.keys()) if (!current.has(key)) memory.liveRefused.delete(key);
  memory.restartRequired = changes.filter((change) => change.type === 'RestartRequired');
  memory.drift =
    inactive &&
    record.stamp?.definedHash &&
    record.stamp.specHash === specHash &&
    documentHash(inactive) !== record.stamp.definedHash
      ? domainDrift(input, inactive)
      : [];
  return { inactiveXml, activeXml, changes };
}

export function observedDomain(
  machine: VirtualMachine,
  record: DomainRecord,
  state: Pick<DomainState, 'active' | 'pausedByUser' | 'halted'>,
  specHash: string,
  documents: Documents,
  recordPlan: RecordPlan,
  memory: MachineMemory,
  now: number,
): ObservedDomain {
  const unlearned = recordPlan.volumes.some((v) => v.phase === 'Planned' && v.role !== 'Volume');
  const enforce = machine.spec.driftPolicy === 'Enforce' && memory.drift.length > 0;
  const { run } = machine.status ?? {};
  const recently = memory.liveTriedAt !== null && now - memory.liveTriedAt < LIVE_AGAIN_MS;
  return {
    active: state.active,
    paused: state.pausedByUser,
    halted: state.halted !== null,
    ended: run !== undefined && memory.startedGeneration === run.generation,
    outdated: (specHash !== '' && !isAsDefined(machine, record, specHash)) || unlearned || enforce,
    liveChanges: recently
      ? []
      : documents.changes
          .filter((c) => c.type !== 'RestartRequired' && !memory.liveRefused.has(changeKey(c)))
          .map((c) => c.type),
  };
}

/** Nor did somebody undefine it while it runs, or have its host start it behind our back. */
const isAsDefined = (machine: VirtualMachine, record: DomainRecord, specHash: string): boolean =>
  isStampCurrent(machine, record, specHash) && record.persistent && !record.autostart;

/** A machine that was taken over has its predecessor's stamp, however little of it changes. */
function isStampCurrent({ metadata, status }: VirtualMachine, { stamp }: DomainRecord, specHash: string): boolean {
  return stamp?.specHash === specHash && stamp.uid === metadata.uid && stamp.incarnation >= (status?.incarnation ?? 0);
}

/** A guest may take its time to let go of a device: what was asked for is not asked for again before this. */
export const LIVE_AGAIN_MS = 5_000;

export const verifiedKey = (record: DomainRecord, specHash: string): string =>
  `${record.seenAt} ${record.state} ${specHash}`;
