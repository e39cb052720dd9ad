/** All the reads of one reconcile, put together for the plan. */

import { ABANDON_ANNOTATION, FINALIZER } from '#api/v1alpha1/meta.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { DomainRecord, Host } from '#hostpool/types.ts';
import { hasFinalizer } from '#kube/finalizers.ts';
import { keyOf } from '#kube/types.ts';
import { inputHash } from '#libvirt/domain/hash.ts';
import type { DomainChange, DomainInput } from '#libvirt/domain.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndex } from '../indexes.ts';
import { type SizedMachine, type Sizing, sizeFrom } from '../size.ts';
import { type Surroundings, surroundingsOf } from '../surroundings.ts';
import { fetchSeed, type Seed } from './cloud-init.ts';
import { chooseCpu } from './cpu.ts';
import { type Chosen, domainInput } from './document.ts';
import { type Documents, NO_DOCUMENTS, observedDomain, readDocuments } from './documents.ts';
import { domainState } from './domain-state.ts';
import type { Located } from './identity.ts';
import type { Claim, FleetLedger } from './ledger.ts';
import type { MachineMemory, Memories } from './memory.ts';
import { moveView } from './observe-move.ts';
import type { Placements } from './placements.ts';
import { isRecordedFirst, type Observation, type ObservedDomain, type PendingRequest } from './plan.ts';
import { wantedPower } from './power.ts';
import { growthProblem } from './quota.ts';
import { basesUnderWay, growing, tooSmall, waitingFor } from './readiness.ts';
import { planRecord, type RecordPlan } from './record.ts';
import { whereIs } from './sightings.ts';

export interface MachineServices {
  deps: ControllerDeps;
  ledger: FleetLedger;
  placements: Placements;
  memories: Memories;
}

/** What was seen, for the acts and the status; `observation` is what the plan is made from. */
export interface Seen {
  machine: SizedMachine;
  sizing: Sizing;
  /** False: its size is not known, or its quota does not let it grow to it. What status says of it stays. */
  mayHave: boolean;
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

export async function observe(services: MachineServices, asked: VirtualMachine): Promise<Seen> {
  const { deps, ledger, memories } = services;
  const sizing = sizeFrom(deps.informers, asked);
  const { machine } = sizing;
  const memory = memories.of(machine.metadata.uid);
  const located = await locateSurely(deps, machine, memories.isNewHere(machine.metadata));
  const host = hostOf(deps, machine);
  const record = recordOf(deps, located, host);
  const state = record ? domainState(record) : null;
  const around = surroundingsOf(machine, deps.informers);
  const chosen = chosenOf(deps, machine);
  const uuid = chosen?.uuid ?? machine.spec.uuid ?? machine.metadata.uid;
  const isDeleting = machine.metadata.deletionTimestamp !== undefined;
  const isMoving = located.kind === 'Migrating';
  const keepSeed = isDeleting || isMoving || state?.active === true || wantsNothing(machine);
  const seed: Seed = keepSeed ? { kind: 'None' } : await fetchSeed(deps.client, machine, uuid);
  const power = wantedPower(machine.spec.runStrategy, machine.status?.run);
  const lost = record ? new Set<string>() : lostClaims(deps, machine, ledger);
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
    chosen && host?.facts && sizing.known && !isDeleting
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
  const domainBy = (documents: Documents): ObservedDomain | null =>
    record && state
      ? observedDomain(machine, record, state, specHash, documents, recordPlan, memory, deps.clock.now())
      : null;
  // The one claim that is taken while looking: what follows is worked out for the size that the machine may have.
  const overQuota = growthProblem(deps, ledger, machine);
  const problems = [
    ...(overQuota ? [overQuota] : []),
    ...(sizing.problem ? [sizing.problem] : []),
    ...recordPlan.problems,
    ...(seed.kind === 'Problem' && !recordedSeed(machine) ? [seed.problem] : []),
    ...tooSmall(machine, around),
    ...(chosen ? waitingFor(machine, around, recordPlan.volumes) : []),
    ...(state && !state.active && power === 'On' ? basesUnderWay(machine, around) : []),
  ];
  const observation: Observation = {
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
    wantedPower: power,
    runStrategy: machine.spec.runStrategy,
    gracePeriodMs: machine.spec.terminationGracePeriodSeconds * 1000,
    run: machine.status?.run,
    stop: machine.status?.stop as Observation['stop'],
    crash: machine.status?.crash,
    request: machine.status?.request,
    pendingRequest: pendingRequest(deps, machine),
    requestGone: machine.status?.request !== undefined && !deps.informers.operations.byUid(machine.status.request.uid),
    problems,
    lostClaims: [...lost],
    recordIncomplete: recordPlan.changed && recordPlan.problems.length === 0,
    released: [...recordPlan.releasedVolumes, ...recordPlan.releasedInterfaces],
    growing: growing(machine, around, state?.active === true),
    domain: domainBy(NO_DOCUMENTS),
    move: moveView(deps, machine, around, memory),
    memory: {
      shutdownSentAt: memory.shutdownSentAt,
      claimedHere: memory.claimedHere,
      reset: memory.reset,
      save: memory.save,
    },
  };
  const documents =
    record && host && input && !isMoving && !isRecordedFirst(observation)
      ? await readDocuments(host, record, state?.active === true, input, specHash, memory)
      : NO_DOCUMENTS;
  return {
    machine,
    sizing,
    mayHave: sizing.known && !overQuota,
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
    observation: { ...observation, now: deps.clock.now(), domain: domainBy(documents) },
  };
}

/**
 * Of a move two connections tell, and one may be behind: before it is said that both hosts run the machine, both are asked.
 * The target first: once it runs there it never runs at the source again, so that a source which runs later is a second one.
 */
async function locateSurely(deps: ControllerDeps, machine: VirtualMachine, isNewHere: boolean): Promise<Located> {
  const located = whereIs(deps, machine, isNewHere);
  const { uuid, migration, host } = machine.status ?? {};
  if (located.kind !== 'SplitBrain' || !uuid || !migration?.target) return located;
  for (const name of [migration.target.name, migration.source?.name ?? host?.name]) {
    // No answer, no verdict: it is looked at again.
    await deps.hosts.get(name ?? '')?.refreshDomain(uuid);
  }
  return whereIs(deps, machine, isNewHere);
}

/** Of a machine that is being moved: on the host where it executes. */
function recordOf(deps: ControllerDeps, located: Located, host: Host | undefined): DomainRecord | null {
  if (located.kind === 'Present') return host?.inventory?.domains.get(located.sighting.domainUuid) ?? null;
  if (located.kind !== 'Migrating' || !located.at) return null;
  return deps.hosts.get(located.at.host)?.inventory?.domains.get(located.at.domainUuid) ?? null;
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

const domainTypes = { KVM: 'kvm', QEMU: 'qemu', Test: 'test' } as const;

function chosenOf(deps: ControllerDeps, machine: SizedMachine): Chosen | null {
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

/** Who is on a host already keeps the address, else the older machine: ours has neither when this finds it. */
function lostClaims(deps: ControllerDeps, machine: VirtualMachine, ledger: FleetLedger): Set<string> {
  const { uid, creationTimestamp } = machine.metadata;
  const createdAt = Date.parse(creationTimestamp ?? '');
  const lost = new Set<string>();
  for (const nic of machine.status?.interfaces ?? []) {
    for (const { address, source } of nic.addresses ?? []) {
      if (source !== 'Reserved' || !nic.networkUID) continue;
      const wins = (rival: Claim): boolean =>
        (rival.uuid !== null && deps.hosts.findDomain(rival.uuid).length > 0) ||
        rival.createdAt < createdAt ||
        (rival.createdAt === createdAt && rival.uid < uid);
      if (ledger.rivals(nic.networkUID, address, uid).some(wins)) lost.add(nic.name);
    }
  }
  return lost;
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

const recordedSeed = (machine: VirtualMachine): boolean =>
  (machine.status?.volumes ?? []).some((v) => v.role === 'Seed' && v.phase === 'Ready');
