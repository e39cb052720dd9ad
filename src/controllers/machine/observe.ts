/** All the reads of one reconcile, put together for the plan. */
import { bytesToQuantity, quantityToNumber } from '#api/quantity.ts';
import { ABANDON_ANNOTATION, FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { domainXml } from '#hostpool/ensure.ts';
import type { DomainRecord, Host } from '#hostpool/types.ts';
import { hasFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import { inputHash } from '#libvirt/domain/hash.ts';
import {
  type DomainChange,
  type DomainInput,
  documentHash,
  domainChanges,
  domainDrift,
  readDomain,
} from '#libvirt/domain.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex } from '../indexes.ts';
import { changeKey } from './change.ts';
import { fetchSeed, type Seed } from './cloud-init.ts';
import { chooseCpu } from './cpu.ts';
import { type Chosen, copyFor, domainInput, readyCopy } from './document.ts';
import { domainState } from './domain-state.ts';
import { type HostOutOfSight, type Located, locate, type Sighting } from './identity.ts';
import type { FleetLedger } from './ledger.ts';
import type { MachineMemory, Memories } from './memory.ts';
import type { Observation, ObservedDomain, PendingRequest, Problem } from './plan.ts';
import { wantedPower } from './power.ts';
import { planRecord, type RecordPlan } from './record.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

export interface MachineServices {
  deps: ControllerDeps;
  ledger: FleetLedger;
  memories: Memories;
}

/** What was seen, for the acts and the status; `observation` is what the plan is made from. */
export interface Seen {
  machine: VirtualMachine;
  memory: MachineMemory;
  located: Located;
  /** The decision's host, whether it can be seen or not. */
  host: Host | undefined;
  record: DomainRecord | null;
  chosen: Chosen | null;
  around: Surroundings;
  seed: Seed;
  recordPlan: RecordPlan;
  lost: ReadonlySet<string>;
  input: DomainInput | null;
  specHash: string;
  inactiveXml: string | null;
  activeXml: string | null;
  changes: DomainChange[];
  observation: Observation;
}

export async function observe(services: MachineServices, machine: VirtualMachine): Promise<Seen> {
  const { deps, ledger, memories } = services;
  const memory = memories.of(machine.metadata.uid);
  const located = whereIs(deps, machine);
  const host = hostOf(deps, machine);
  const record =
    located.kind === 'Present' ? (host?.inventory?.domains.get(located.sighting.domainUuid) ?? null) : null;
  const state = record ? domainState(record) : null;
  const around = surroundingsOf(machine, deps.informers);
  const chosen = chosenOf(deps, machine);
  const uuid = chosen?.uuid ?? machine.spec.uuid ?? machine.metadata.uid;
  const isDeleting = machine.metadata.deletionTimestamp !== undefined;
  const keepSeed = isDeleting || state?.active === true || wantsNothing(machine);
  const seed: Seed = keepSeed ? { kind: 'None' } : await fetchSeed(deps.client, machine, uuid);
  const lost = record ? new Set<string>() : lostClaims(machine, ledger);
  const recordPlan = planRecord({
    machine,
    uuid,
    around,
    ledger,
    lost,
    keepSeed: seed.kind !== 'Ready',
    seed: seed.kind === 'Ready' ? { digest: seed.digest } : null,
  });
  const input =
    chosen && host?.facts && !isDeleting
      ? domainInput({
          fleet: deps.fleetId,
          machine,
          chosen,
          around,
          capabilities: host.facts.capabilities,
          interfaces: recordPlan.interfaces,
          volumes: recordPlan.volumes,
        })
      : null;
  const specHash = input ? inputHash(input) : '';
  const documents =
    record && host && input
      ? await readDocuments(host, record, state?.active === true, input, specHash, memory)
      : NO_DOCUMENTS;
  const problems = [
    ...recordPlan.problems,
    ...(seed.kind === 'Problem' && !recordedSeed(machine) ? [seed.problem] : []),
    ...tooSmall(machine, around),
    ...(chosen ? waitingFor(machine, around, recordPlan.volumes) : []),
  ];
  return {
    machine,
    memory,
    located,
    host,
    record,
    chosen,
    around,
    seed,
    recordPlan,
    lost,
    input,
    specHash,
    ...documents,
    observation: {
      now: deps.clock.now(),
      deleting: isDeleting,
      hasFinalizer: hasFinalizer(machine, FINALIZER),
      deletionPolicy: machine.spec.deletionPolicy,
      abandoned: machine.metadata.annotations?.[ABANDON_ANNOTATION] === String(machine.status?.incarnation ?? ''),
      located,
      decided: chosen !== null,
      wasDefined:
        (machine.status?.volumes ?? []).some((v) => v.phase === 'Ready' && v.role !== 'Volume') ||
        machine.status?.run?.confirmed === true,
      wantedPower: wantedPower(machine.spec.runStrategy, machine.status?.run),
      runStrategy: machine.spec.runStrategy,
      gracePeriodMs: machine.spec.terminationGracePeriodSeconds * 1000,
      run: machine.status?.run,
      stop: machine.status?.stop as Observation['stop'],
      crash: machine.status?.crash,
      request: machine.status?.request,
      pendingRequest: pendingRequest(deps, machine),
      problems,
      lostClaims: [...lost],
      recordIncomplete: recordPlan.changed && recordPlan.problems.length === 0,
      released: [...recordPlan.releasedVolumes, ...recordPlan.releasedInterfaces],
      growing: growing(machine, around, state?.active === true),
      domain:
        record && state
          ? observedDomain(machine, record, state, specHash, documents, recordPlan, memory, deps.clock.now())
          : null,
      memory: { shutdownSentAt: memory.shutdownSentAt, claimedHere: memory.claimedHere, reset: memory.reset },
    },
  };
}

/** An undecided machine that is not to run needs no seed yet. */
function wantsNothing(machine: VirtualMachine): boolean {
  return !machine.status?.host && wantedPower(machine.spec.runStrategy, machine.status?.run) === 'Off';
}

function hostOf(deps: ControllerDeps, machine: VirtualMachine): Host | undefined {
  const wanted = machine.status?.host;
  const host = wanted ? deps.hosts.get(wanted.name) : undefined;
  return host?.uid === wanted?.uid ? host : undefined;
}

function whereIs(deps: ControllerDeps, machine: VirtualMachine): Located {
  const { uid, namespace = '', name, creationTimestamp } = machine.metadata;
  const { status, spec } = machine;
  const recorded =
    status?.uuid && status.host
      ? { uuid: status.uuid, host: status.host.name, hostUid: status.host.uid, incarnation: status.incarnation ?? 1 }
      : null;
  const found = [
    ...deps.hosts.findDomain(recorded?.uuid ?? spec.uuid ?? uid),
    ...deps.hosts.findByStamp(deps.fleetId, namespace, name),
  ];
  const sightings = new Map<string, Sighting>();
  for (const { host, domain } of found) {
    sightings.set(`${host.name} ${domain.uuid}`, {
      host: host.name,
      hostUid: host.uid,
      inSight: host.inSight,
      domainUuid: domain.uuid,
      domainName: domain.name,
      active: domainState(domain).active,
      stamp: domain.stamp,
    });
  }
  return locate({
    fleet: deps.fleetId,
    namespace,
    name,
    uid,
    createdAt: Date.parse(creationTimestamp ?? ''),
    specUuid: spec.uuid,
    recorded,
    sightings: [...sightings.values()],
    outOfSight: hostsOutOfSight(deps, recorded?.host),
  });
}

/**
 * A host that was never reached has none of our machines. One whose status still says Ready was seen until a moment ago
 * (or until our start), so anything may be there.
 */
function hostsOutOfSight(deps: ControllerDeps, recordedHost: string | undefined): HostOutOfSight[] {
  const objects = deps.informers.hosts.list();
  const out = objects.flatMap((object): HostOutOfSight[] => {
    const { name, uid } = object.metadata;
    const entry = deps.hosts.get(name);
    if (entry?.uid === uid && entry.inSight) return [];
    if (!object.status?.hostUUID) return name === recordedHost ? [{ name, lastInventoryAt: null }] : [];
    const lost = object.status.state !== 'Ready' ? object.status.lastInventoryAt : undefined;
    const lastInventoryAt = object.status.state === 'Ready' ? deps.clock.now() : lost ? Date.parse(lost) : null;
    return [{ name, lastInventoryAt }];
  });
  const known = recordedHost === undefined || objects.some((o) => o.metadata.name === recordedHost);
  return known ? out : [...out, { name: recordedHost, lastInventoryAt: null }];
}

const domainTypes = { KVM: 'kvm', QEMU: 'qemu', Test: 'test' } as const;

function chosenOf(deps: ControllerDeps, machine: VirtualMachine): Chosen | null {
  const { status } = machine;
  if (!status?.uuid || !status.host || !status.hypervisor || !status.machineType || !status.architecture) return null;
  const domainType = domainTypes[status.hypervisor];
  return {
    uuid: status.uuid,
    incarnation: status.incarnation ?? 1,
    domainType,
    architecture: status.architecture,
    machineType: status.machineType,
    cpu: chooseCpu(
      machine,
      domainType,
      deps.hosts.hosts().map((host) => host.facts),
    ),
  };
}

function lostClaims(machine: VirtualMachine, ledger: FleetLedger): Set<string> {
  const { uid, creationTimestamp } = machine.metadata;
  const createdAt = Date.parse(creationTimestamp ?? '');
  const lost = new Set<string>();
  for (const nic of machine.status?.interfaces ?? []) {
    for (const { address, source } of nic.addresses ?? []) {
      if (source !== 'Reserved' || !nic.networkUID) continue;
      const [oldest] = ledger.rivals(nic.networkUID, address, uid);
      if (oldest && (oldest.createdAt < createdAt || (oldest.createdAt === createdAt && oldest.uid < uid)))
        lost.add(nic.name);
    }
  }
  return lost;
}

interface Documents {
  inactiveXml: string | null;
  activeXml: string | null;
  changes: DomainChange[];
}
const NO_DOCUMENTS: Documents = { inactiveXml: null, activeXml: null, changes: [] };

/** The documents are read only when the domain or the wish has changed since they were last found in order. */
async function readDocuments(
  host: Host,
  record: DomainRecord,
  active: boolean,
  input: DomainInput,
  specHash: string,
  memory: MachineMemory,
): Promise<Documents> {
  if (memory.verified === verifiedKey(record, specHash)) return NO_DOCUMENTS;
  const inactiveXml = await domainXml(host, record.uuid, { inactive: true });
  const activeXml = active ? await domainXml(host, record.uuid, { inactive: false }) : null;
  const changes = activeXml ? domainChanges(input, activeXml, inactiveXml) : [];
  memory.agentConnected = activeXml ? readDomain(activeXml).agent.connected : false;
  const current = new Set(changes.map(changeKey));
  for (const key of memory.liveRefused.keys()) if (!current.has(key)) memory.liveRefused.delete(key);
  memory.restartRequired = changes.filter((change) => change.type === 'RestartRequired');
  memory.drift =
    inactiveXml &&
    record.stamp?.definedHash &&
    record.stamp.specHash === specHash &&
    documentHash(inactiveXml) !== record.stamp.definedHash
      ? domainDrift(input, inactiveXml)
      : [];
  return { inactiveXml, activeXml, changes };
}

export const verifiedKey = (record: DomainRecord, specHash: string): string =>
  `${record.seenAt} ${record.state} ${specHash}`;

function observedDomain(
  machine: VirtualMachine,
  record: DomainRecord,
  state: { active: boolean; pausedByUser: boolean },
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
    ended: run !== undefined && memory.startedGeneration === run.generation,
    outdated: (specHash !== '' && record.stamp?.specHash !== specHash) || unlearned || enforce,
    liveChanges: recently
      ? []
      : documents.changes
          .filter((c) => c.type !== 'RestartRequired' && !memory.liveRefused.has(changeKey(c)))
          .map((c) => c.type),
  };
}

function pendingRequest(deps: ControllerDeps, machine: VirtualMachine): PendingRequest | null {
  const taken = machine.status?.request?.uid;
  const running = deps.informers.operations
    .byIndex(machineIndex, keyOf(machine))
    .filter((op) => op.status?.phase === 'Running' && op.metadata.uid !== taken)
    .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1));
  const [op] = running;
  if (!op) return null;
  const { type, gracePeriodSeconds, force } = op.spec;
  return {
    name: op.metadata.name,
    uid: op.metadata.uid,
    type,
    force: force ?? false,
    gracePeriodMs: gracePeriodSeconds === undefined ? null : gracePeriodSeconds * 1000,
  };
}

/** What must be there before the disks are made or the domain is defined. */
function waitingFor(machine: VirtualMachine, around: Surroundings, volumes: VolumeStatus[]): Problem[] {
  return volumes.flatMap((volume): Problem[] => {
    if (volume.role === 'Volume') return volume.phase === 'Ready' ? [] : [volumeProblem(machine, around, volume)];
    const image = volume.base ? around.images.get(volume.base.imageName) : undefined;
    if (!image || volume.phase !== 'Planned' || readyCopy(image, volume.poolName, machine.status?.host?.name))
      return [];
    const copy = copyFor(image, volume.poolName, machine.status?.host?.name);
    const what = `disk ${volume.name}: image ${image.metadata.name}`;
    if (copy?.phase === 'Failed')
      return [
        {
          kind: 'Wait',
          reason: 'ImageFailed',
          message: `${what} could not be brought to pool ${volume.poolName}: ${copy.message ?? 'see the image'}`,
        },
      ];
    return [
      {
        kind: 'Wait',
        reason: 'ImageNotReady',
        message: `${what} is being brought to pool ${volume.poolName}${image.status?.progress ? ` (${image.status.progress})` : ''}`,
      },
    ];
  });
}

function volumeProblem(machine: VirtualMachine, around: Surroundings, volume: VolumeStatus): Problem {
  const name = machine.spec.disks?.find((d) => d.name === volume.name)?.volumeName ?? volume.name;
  const ready = around.volumes.get(name)?.status?.conditions?.find((c) => c.type === 'Ready');
  return {
    kind: 'Wait',
    reason: 'VolumeNotReady',
    message: `disk ${volume.name}: StorageVolume ${name} is not ready yet${ready?.message ? `: ${ready.message}` : ''}`,
  };
}

function tooSmall(machine: VirtualMachine, around: Surroundings): Problem[] {
  return (machine.spec.disks ?? []).flatMap((disk): Problem[] => {
    const { size, imageName } = disk.template ?? {};
    const needed = imageName ? around.images.get(imageName)?.status?.sizeBytes : undefined;
    if (size === undefined || needed === undefined || quantityToNumber(size) >= needed) return [];
    return [
      {
        kind: 'Stall',
        reason: 'DiskTooSmall',
        message: `disk ${disk.name}: ${size} is less than the ${bytesToQuantity(needed)} of image ${imageName}; give template.size at least that, or leave it out`,
      },
    ];
  });
}

/** Template disks at any time; StorageVolumes while the machine runs (else their own controller grows them). */
function growing(machine: VirtualMachine, around: Surroundings, active: boolean): string[] {
  return (machine.spec.disks ?? []).flatMap((disk) => {
    const recorded = machine.status?.volumes?.find((v) => v.name === disk.name);
    if (recorded?.phase !== 'Ready') return [];
    const volume = disk.volumeName ? around.volumes.get(disk.volumeName) : undefined;
    const wanted = disk.template?.size ?? (active ? volume?.spec.size : undefined);
    const has = Math.max(recorded.sizeBytes ?? 0, volume?.status?.capacityBytes ?? 0);
    return wanted !== undefined && quantityToNumber(wanted) > has ? [disk.name] : [];
  });
}

/** A guest may take its time to let go of a device: what was asked for is not asked for again before this. */
export const LIVE_AGAIN_MS = 5_000;

const recordedSeed = (machine: VirtualMachine): boolean =>
  (machine.status?.volumes ?? []).some((v) => v.role === 'Seed' && v.phase === 'Ready');
