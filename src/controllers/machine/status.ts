/** The whole status of a machine, computed anew from what was seen: pure. Written by the controller when it differs. */
import { bytesToQuantity, quantityToNumber } from '#api/quantity.ts';
import type {
  PendingChange,
  PrintableStatus,
  VirtualMachineStatus,
  VolumeStatus,
} from '#api/v1alpha1/virtual-machine-status.ts';
import { conditionStatus, mergeConditions, type WantedCondition } from '../conditions.ts';
import { cpuStatus, vcpusOf } from './cpu.ts';
import { serialLogPath } from './document.ts';
import { type DomainState, domainState } from './domain-state.ts';
import { interfacesOf } from './guest.ts';
import { liveMigratable } from './live-migratable.ts';
import type { Seen } from './observe.ts';
import { asPendingChanges, pendingRestarts } from './pending-changes.ts';
import { type Decisions, list, type Step } from './plan.ts';

/** How a reconcile ended: the last step of the plan, or what failed. */
export type Outcome =
  | { kind: 'Step'; step: Step }
  | { kind: 'Failed'; doing: Step['do']; stalled: boolean; reason: string; message: string };

export function statusOf(seen: Seen, outcome: Outcome, decided: Decisions = {}): VirtualMachineStatus {
  const { machine, observation: o } = seen;
  const base = { ...machine.status, ...withoutNulls(decided) } as VirtualMachineStatus;
  for (const key of ['stop', 'crash'] as const) if (decided[key] === null) delete base[key];
  const state = stateOf(seen);
  const run = base.run && state?.active ? runOf(base.run) : base.run;
  const view: View = { seen, state, base: { ...base, ...(run ? { run } : {}) }, outcome, trouble: troubleOf(outcome) };
  const printable = printableStatus(view);
  const generation = generationSeen(seen, outcome);
  const { pendingChanges: _pending, guest: _guest, class: _class, ...kept } = view.base;
  const pending = pendingChanges(seen, state);
  // Nobody asks the guest while it is moved: what it told stays.
  const isMoving = seen.located.kind === 'Migrating';
  const guest = isMoving ? base.guest : state?.active ? guestInfo(seen) : undefined;
  return {
    ...kept,
    ...(outcome.kind === 'Step' && outcome.step.do === 'Wait' && outcome.step.placement
      ? { placement: outcome.step.placement }
      : {}),
    observedGeneration: generation,
    printableStatus: printable,
    message: sentence(view, printable),
    ...classOf(seen, base),
    ...cpuOf(seen, state, base),
    ...(base.interfaces && !isMoving
      ? { interfaces: interfacesOf(base.interfaces, state?.active ? seen.memory.guest : null) }
      : {}),
    ...(base.volumes ? { volumes: volumesOf(base.volumes, seen) } : {}),
    ...(seen.mayHave
      ? {
          memory: {
            size: bytesToQuantity(quantityToNumber(machine.spec.memory.size)),
            bytes: quantityToNumber(machine.spec.memory.size),
            ...maxBytes(seen),
          },
        }
      : {}),
    ...(seen.input?.serialLogPath
      ? { serial: { type: 'pty', logPath: serialLogPath(machine.metadata.namespace ?? '', machine.metadata.name) } }
      : {}),
    ...(guest ? { guest } : {}),
    ...(pending.length > 0 ? { pendingChanges: pending } : {}),
    conditions: mergeConditions(machine.status?.conditions, conditionsOf(view), generation, o.now),
  } as VirtualMachineStatus;
}

/** While it is moved its CPUs stand still for moments, by no wish of anybody: whether it is paused is as it was before. */
function stateOf({ record, located, machine }: Seen): DomainState | null {
  if (!record) return null;
  const state = domainState(record);
  if (located.kind !== 'Migrating' || !state.active) return state;
  const paused = conditionStatus(machine.status?.conditions, 'Paused') === 'True';
  return { ...state, paused, pausedByUser: paused, halted: null };
}

/** Of a machine that runs: what was saved of it is used up. */
function runOf({ saved: _saved, ...run }: Run): Run {
  return run.ended || run.confirmed ? run : { ...run, confirmed: true };
}
type Run = NonNullable<VirtualMachineStatus['run']>;

/** A write on the way says nothing yet of a spec that has changed: Ready with its generation would be a lie. */
function generationSeen({ machine }: Seen, outcome: Outcome): number | undefined {
  const { generation } = machine.metadata;
  const isOver = outcome.kind === 'Failed' || ['Settle', 'Wait', 'Stall'].includes(outcome.step.do);
  return isOver ? generation : (machine.status?.observedGeneration ?? generation);
}

/** What a StorageVolume is, its own controller says: it may have become ready after this machine recorded it. */
function volumesOf(recorded: VolumeStatus[], { recordPlan }: Seen): VolumeStatus[] {
  return recorded.map((volume) => {
    if (volume.role !== 'Volume') return volume;
    const now = recordPlan.volumes.find(({ name, role }) => name === volume.name && role === 'Volume');
    return now && now.volumeName === volume.volumeName ? { ...now, ...sizeOf(volume) } : volume;
  });
}

const sizeOf = ({ sizeBytes }: VolumeStatus): Pick<VolumeStatus, 'sizeBytes'> =>
  sizeBytes === undefined ? {} : { sizeBytes };

function classOf({ sizing, mayHave }: Seen, base: VirtualMachineStatus): Pick<VirtualMachineStatus, 'class'> {
  const pin = mayHave ? sizing.pin : base.class;
  return base.host && pin ? { class: pin } : {};
}

/** Of the running machine, of the next start while it is off, or of the first one: that is the size alone. A host out of sight changes nothing. */
function cpuOf(seen: Seen, state: DomainState | null, base: VirtualMachineStatus): Pick<VirtualMachineStatus, 'cpu'> {
  if (!seen.mayHave) return {};
  if (!base.host) return { cpu: vcpusOf(seen.machine) };
  if (!seen.chosen || !state) return {};
  const next = cpuStatus(seen.machine, seen.chosen.cpu);
  return {
    cpu: state.active && base.cpu ? { ...base.cpu, ...(next.vcpus === undefined ? {} : { vcpus: next.vcpus }) } : next,
  };
}

interface View {
  seen: Seen;
  state: DomainState | null;
  base: VirtualMachineStatus;
  outcome: Outcome;
  trouble: { stalled: boolean; reason: string; message: string } | null;
}

const withoutNulls = (o: object): object =>
  Object.fromEntries(Object.entries(o).filter(([, value]) => value !== null && value !== undefined));
const maxBytes = ({ machine: { spec } }: Seen): object =>
  spec.memory.max === undefined ? {} : { maxBytes: quantityToNumber(spec.memory.max) };

function troubleOf(outcome: Outcome): View['trouble'] {
  if (outcome.kind === 'Failed') return { stalled: outcome.stalled, reason: outcome.reason, message: outcome.message };
  const { step } = outcome;
  return step.do === 'Wait' || step.do === 'Stall'
    ? { stalled: step.do === 'Stall', reason: step.reason, message: step.message }
    : null;
}

/** Unknown comes before everything that only a host could tell. */
function printableStatus({ seen, state, base, outcome, trouble }: View): PrintableStatus {
  const { located, observation: o } = seen;
  if (o.deleting) return 'Terminating';
  if (located.kind === 'HostOutOfSight' || (base.host && located.kind === 'Believe')) return 'Unknown';
  if (located.kind === 'Migrating' && trouble?.reason === 'HostUnreachable') return 'Unknown';
  if (base.migration?.target && !trouble?.stalled) return 'Migrating';
  if (trouble?.stalled) return state?.active ? runningWord(state, base) : 'Error';
  if (state?.active) return runningWord(state, base);
  if (trouble?.reason === 'CrashLoopBackOff') return 'CrashLoopBackOff';
  if (!base.host) {
    if (o.wantedPower === 'Off') return 'Stopped';
    return trouble?.reason === 'Unschedulable' ? 'Unschedulable' : 'Scheduling';
  }
  if (o.wantedPower === 'Off' && seen.record) return 'Stopped';
  if (outcome.kind === 'Failed' && outcome.doing === 'Start') return 'Starting';
  return seen.record && !trouble ? 'Starting' : 'Provisioning';
}

function runningWord(state: DomainState, base: VirtualMachineStatus): PrintableStatus {
  if (base.stop) return 'Stopping';
  return state.paused ? 'Paused' : 'Running';
}

function sentence({ seen, base, trouble, state, outcome }: View, printable: PrintableStatus): string {
  if (trouble) return trouble.message;
  const on = base.host ? ` on host ${base.host.name}` : '';
  switch (printable) {
    case 'Running': {
      const cutOff = interruptedNetworks(seen, base);
      return `runs${on}${cutOff.length > 0 ? `, not connected to network ${list(cutOff)}` : ''}`;
    }
    case 'Paused':
      return `${pauseOf(state)}${on}: ${pauseMend(state)}`;
    case 'Migrating':
      return moveSentence(base, outcome);
    case 'Stopped':
      if (!base.host) return 'is off, as wanted; it is placed at its first start';
      return base.run?.saved
        ? `is off${on}, its memory is saved there; the next start goes on from it`
        : `is off${on}, as wanted`;
    case 'Stopping':
      return `is being shut down${on}, until ${base.stop?.deadline}`;
    case 'Starting':
      return `is being started${on}`;
    case 'Provisioning':
      return `its disks and networks are being made${on}`;
    case 'Terminating':
      return `is being removed${on}`;
    default:
      return seen.machine.status?.placement?.message ?? 'waits for a host';
  }
}

function moveSentence({ migration }: VirtualMachineStatus, outcome: Outcome): string {
  const move = `is being moved from host ${migration?.source?.name} to host ${migration?.target?.name}`;
  const detail = outcome.kind === 'Step' && outcome.step.do === 'AwaitMove' ? outcome.step.detail : '';
  return detail === '' ? move : `${move}: ${detail}`;
}

function pauseOf(state: DomainState | null): string {
  if (state?.pausedByUser) return 'is paused';
  if (state?.halted === 'DiskError') return 'was paused by the hypervisor for an error of a disk';
  return state?.halted === 'Watchdog' ? 'was paused by its watchdog' : 'was paused by the hypervisor';
}

function pauseMend(state: DomainState | null): string {
  const resume = 'an operation of type Resume lets it go on';
  if (state?.pausedByUser) return resume;
  if (state?.halted === 'DiskError') return `often its pool is full; make room there, then ${resume}`;
  return state?.halted ? `look at its console, then ${resume}` : "see the host's log";
}

/** Networks of which their own controller says that this machine was cut off from them. */
function interruptedNetworks({ machine, around }: Seen, base: VirtualMachineStatus): string[] {
  const names = (base.interfaces ?? []).map(({ networkName }) => networkName);
  return [...new Set(names)].filter((name) => {
    const there = around.networks.get(name)?.status?.hosts?.find((host) => host.name === base.host?.name);
    return there?.cutOff?.includes(machine.metadata.name) ?? false;
  });
}

const interruption = (networks: string[], host: string | undefined): string =>
  `network ${list(networks)} was stopped on host ${host} while the machine ran; libvirt connects its interface again when libvirtd is restarted there (which stops no machine), or when the machine is restarted`;

type Draft = [type: string, status: 'True' | 'False' | 'Unknown', reason: string, message: string];

/** Whether it is known what runs: the domain was seen on its host, or every host was asked and has none. */
function isKnown({ record, located }: Seen): boolean {
  return record !== null || located.kind === 'New' || (located.kind === 'Absent' && located.hiddenHosts.length === 0);
}

function conditionsOf(view: View): WantedCondition[] {
  const { seen, state, base, trouble } = view;
  const { observation: o, memory } = seen;
  const drafts: Draft[] = [readyCondition(view)];
  drafts.push(scheduledCondition(view));
  if (base.host) {
    const unknown: Draft | null = isKnown(seen)
      ? null
      : ['Running', 'Unknown', trouble?.reason ?? 'NotKnown', trouble?.message ?? 'what runs on its host is not known'];
    drafts.push(unknown ?? runningCondition(state));
    const provisioned = seen.record !== null && (base.volumes ?? []).every((v) => v.phase !== 'Planned');
    drafts.push(
      unknown
        ? ['Provisioned', unknown[1], unknown[2], unknown[3]]
        : provisioned
          ? ['Provisioned', 'True', 'Provisioned', `defined on host ${base.host.name}`]
          : [
              'Provisioned',
              'False',
              trouble?.reason ?? 'Provisioning',
              trouble?.message ?? 'its disks and networks are being made',
            ],
    );
  }
  if (state?.active) {
    drafts.push(
      isAgentConnected(seen)
        ? ['AgentConnected', 'True', 'AgentConnected', 'the guest agent answers']
        : [
            'AgentConnected',
            'False',
            'AgentNotConnected',
            'no guest agent answers; install qemu-guest-agent in the guest',
          ],
    );
    if (state.paused)
      drafts.push([
        'Paused',
        'True',
        state.pausedByUser ? 'PausedByUser' : 'PausedByHypervisor',
        sentence(view, 'Paused'),
      ]);
    const interrupted = interruptedNetworks(seen, base);
    if (interrupted.length > 0)
      drafts.push(['NetworkInterrupted', 'True', 'NetworkStopped', interruption(interrupted, base.host?.name)]);
    const waiting = pendingChanges(seen, state);
    if (waiting.length > 0)
      drafts.push([
        'RestartRequired',
        'True',
        'RestartRequired',
        `at the next start: ${waiting.map((p) => p.field).join(', ')}`,
      ]);
  }
  if (memory.drift.length > 0 && seen.machine.spec.driftPolicy !== 'Ignore') {
    const [first] = memory.drift;
    drafts.push([
      'Drifted',
      'True',
      'DefinitionChanged',
      `somebody changed the definition on host ${base.host?.name}: ${first?.path} is ${first?.found}, not ${first?.wanted}${memory.drift.length > 1 ? `, and ${memory.drift.length - 1} more` : ''}; set driftPolicy Enforce to put it back`,
    ]);
  }
  if (state?.active) drafts.push(liveCondition(view));
  if (trouble?.stalled) drafts.push(['Stalled', 'True', trouble.reason, trouble.message]);
  else if (o.deleting || base.migration?.target || drafts[0]?.[1] !== 'True')
    drafts.push([
      'Reconciling',
      'True',
      trouble?.reason ?? (base.migration?.target && !o.deleting ? 'Migrating' : 'InProgress'),
      trouble?.message ?? sentence(view, printableStatus(view)),
    ]);
  return drafts.map(([type, status, reason, message]) => ({ type, status, reason, message }));
}

function readyCondition(view: View): Draft {
  const { seen, state, base, trouble } = view;
  const { observation: o, located } = seen;
  if (o.deleting) return ['Ready', 'False', 'Terminating', trouble?.message ?? 'is being removed'];
  const isUnknown =
    located.kind === 'HostOutOfSight' || (located.kind === 'Migrating' && trouble?.reason === 'HostUnreachable');
  if (isUnknown) return ['Ready', 'Unknown', 'HostUnreachable', trouble?.message ?? ''];
  if (trouble) return ['Ready', 'False', trouble.reason, trouble.message];
  // It does what is wanted of it, wherever that is: a move that must stop it first is the exception.
  if (base.migration?.target) {
    const isAsWanted = o.wantedPower === 'Off' ? !state?.active : state?.active && !state.paused && !base.stop;
    return ['Ready', isAsWanted ? 'True' : 'False', 'Migrating', sentence(view, 'Migrating')];
  }
  if (o.wantedPower === 'Off')
    return state?.active
      ? ['Ready', 'False', 'Stopping', sentence(view, 'Stopping')]
      : ['Ready', 'True', 'Stopped', sentence(view, 'Stopped')];
  if (!state?.active)
    return [
      'Ready',
      'False',
      base.host ? 'Starting' : 'Scheduling',
      sentence(view, base.host ? 'Starting' : 'Scheduling'),
    ];
  return state.paused
    ? ['Ready', 'False', 'Paused', sentence(view, 'Paused')]
    : ['Ready', 'True', 'Running', sentence(view, 'Running')];
}

const isAgentConnected = ({ located, memory, machine }: Seen): boolean =>
  located.kind === 'Migrating'
    ? conditionStatus(machine.status?.conditions, 'AgentConnected') === 'True'
    : memory.agentConnected;

/** Of the machine as this very write tells it. */
function liveCondition({ seen, base }: View): Draft {
  const { can, reason, message } = liveMigratable(seen.machine, base, seen.around.pools);
  return ['LiveMigratable', can ? 'True' : 'False', reason, message];
}

function scheduledCondition({ base, trouble, seen }: View): Draft {
  if (base.host)
    return ['Scheduled', 'True', 'Scheduled', base.placement?.message ?? `placed on host ${base.host.name}`];
  if (seen.observation.wantedPower === 'Off')
    return ['Scheduled', 'False', 'NotWanted', 'is placed at its first start'];
  return ['Scheduled', 'False', trouble?.reason ?? 'Scheduling', trouble?.message ?? 'waits for a host'];
}

function runningCondition(state: DomainState | null): Draft {
  if (!state?.active) return ['Running', 'False', 'Stopped', 'is off'];
  return state.paused
    ? ['Running', 'False', 'Paused', 'its CPUs stand still']
    : ['Running', 'True', 'Running', 'its CPUs run'];
}

function pendingChanges(seen: Seen, state: DomainState | null): PendingChange[] {
  if (!state?.active) return [];
  const waiting = pendingRestarts(seen.memory.restartRequired);
  const running = seen.machine.status?.cpu;
  const next = seen.chosen?.cpu;
  if (running?.mode && next && (running.mode !== next.mode || running.model !== next.model)) {
    waiting.set(
      'cpu',
      `the CPU is ${running.model ?? running.mode} until the next start, then ${next.model ?? next.mode}`,
    );
  }
  for (const [change, message] of seen.memory.liveRefused) waiting.set(refusedField(change), message);
  return asPendingChanges(waiting);
}

function refusedField(change: string): string {
  const { type, name } = JSON.parse(change) as { type: string; name?: string };
  return name ? `${type} ${name}` : type;
}

function guestInfo({ memory }: Seen): VirtualMachineStatus['guest'] | undefined {
  const { guest } = memory;
  if (!guest) return undefined;
  const { hostname, osName, osVersion, kernel } = guest;
  const known = Object.entries({ hostname, osName, osVersion, kernel }).filter(([, value]) => value !== null);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
