/** A start takes effect at most once, by what QEMU's log and the guest's own console say; and who is said to run, lives. */
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import { type Expected, type Facts, label, type SeenRuns, type Violation } from './facts.ts';
import type { Rule } from './invariants.ts';

/** On a computer that emulates CPUs for several guests at once, a second's heartbeat may come late. */
const SILENT_MS = 60_000;

export function runViolations(facts: Facts, expected: Expected): Violation[] {
  return facts.machines.flatMap((machine) => {
    const host = facts.seen.find(({ name }) => name === machine.status?.host?.name);
    const runs = host?.runs.get(label(machine));
    if (!runs || !host?.libvirt || expected.restarted?.includes(label(machine))) return [];
    return [...startViolations(facts, machine, runs), ...silence(machine, runs)];
  });
}

function startViolations(facts: Facts, machine: VirtualMachine, runs: SeenRuns): Violation[] {
  const { status } = machine;
  const say = (rule: Rule, evidence: string): Violation => ({
    rule,
    // It stays in the logs: that it may be in order (a person did it) is known at the end.
    never: false,
    object: `VirtualMachine ${label(machine)}`,
    evidence,
  });
  const mine = runs.starts.filter(({ uuid }) => uuid === status?.uuid);
  const decidedMs = Date.parse(status?.run?.startedAt ?? '');
  const ofThisRun = mine.filter(({ atMs, takenBack, incoming }) => atMs >= decidedMs && !takenBack && !incoming);
  const broken: Violation[] = [];
  if (ofThisRun.length > 1) {
    const times = ofThisRun.map(({ atMs }) => new Date(atMs).toISOString()).join(', ');
    broken.push(say('StartedTwice', `run ${status?.run?.generation} was started at ${times}`));
  }
  const resets = facts.operations.filter(
    ({ metadata, spec, status: told }) =>
      metadata.namespace === machine.metadata.namespace &&
      spec.machineName === machine.metadata.name &&
      spec.type === 'Reset' &&
      (told?.phase !== 'Failed' || told.reason === 'OutcomeUnknown'),
  ).length;
  if (runs.boots !== null && runs.boots > mine.length + resets)
    broken.push(say('BootedTwice', `${runs.boots} boots of the guest, ${mine.length} starts and ${resets} resets`));
  return broken;
}

function silence(machine: VirtualMachine, { silentMs }: SeenRuns): Violation[] {
  const is = (type: string) => machine.status?.conditions?.find((condition) => condition.type === type)?.status;
  if (silentMs === null || silentMs < SILENT_MS || is('Running') !== 'True' || is('Paused') === 'True') return [];
  return [
    {
      rule: 'GuestSilent',
      never: false,
      object: `VirtualMachine ${label(machine)}`,
      evidence: `Running=True, and its guest gave its last heartbeat ${Math.round(silentMs / 1000)} s ago`,
    },
  ];
}
