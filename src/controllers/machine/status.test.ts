import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineClass } from '#api/v1alpha1/virtual-machine-class.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { sizeOf } from '../size.ts';
import { Memories } from './memory.ts';
import type { Seen } from './observe.ts';
import type { Step } from './plan.ts';
import { statusOf } from './status.ts';
import { aClass, around, asAsked } from './testing.ts';
import { fresh, seen as observed, off, on, sighting } from './testing-plan.ts';

const GiB = 2 ** 30;
const host = { name: 'h1', uid: 'u1' };
const medium = aClass('medium');

/** What is seen of a machine before anything of it is on a host, or while its host is not looked at. */
function seenOf(asked: VirtualMachine, found: VirtualMachineClass | undefined, isRefused = false): Seen {
  const sizing = sizeOf(asked, found);
  const seen: Partial<Seen> = {
    machine: sizing.machine,
    sizing,
    mayHave: sizing.known && !isRefused,
    memory: new Memories().of('x'),
    located: { kind: 'New', uuid: 'x' },
    host: undefined,
    record: null,
    chosen: null,
    around: around(),
    input: null,
    changes: [],
    observation: observed(fresh),
  };
  return seen as Seen;
}
const told = (...args: Parameters<typeof seenOf>) => statusOf(seenOf(...args), { kind: 'Step', step: { do: 'Place' } });

describe('size and class in status', () => {
  test('a machine without a host shows the size that it will have, and has nothing of its class yet', () => {
    const status = told(asAsked({ className: 'medium' }), medium);
    expect(status.cpu).toEqual({ vcpus: 4, maxVcpus: 4 });
    expect(status.memory).toMatchObject({ size: '8Gi', bytes: 8 * GiB });
    expect(status.class).toBeUndefined();
  });

  test('of a class that is not there nothing is known', () => {
    const status = told(asAsked({ className: 'medium' }), undefined);
    expect([status.cpu, status.memory, status.class]).toEqual([undefined, undefined, undefined]);
  });

  test('what it has of its class is recorded with its host', () => {
    const status = told(asAsked({ className: 'medium' }, { host }), medium);
    expect(status.class).toMatchObject({
      name: 'medium',
      uid: 'class-medium',
      cpu: { cores: 4 },
      memory: { size: '8Gi' },
    });
  });

  test('and goes with className', () => {
    const { pin } = sizeOf(asAsked({ className: 'medium' }), medium);
    const before = { host, ...(pin ? { class: pin } : {}) };
    expect(told(asAsked({ memory: { size: '1Gi' } }, before), undefined).class).toBeUndefined();
  });

  test('a machine that its quota does not let grow keeps what it has', () => {
    const { pin } = sizeOf(asAsked({ className: 'medium' }), medium);
    const before = { host, memory: { bytes: 8 * GiB }, cpu: { vcpus: 4 }, ...(pin ? { class: pin } : {}) };
    const large = aClass('large', { cpu: { cores: 64 } });
    const status = told(asAsked({ className: 'large' }, before), large, true);
    expect(status).toMatchObject(before);
  });
});

describe('a machine that is being moved', () => {
  const [h1, h2] = [host, { name: 'h2', uid: 'u2' }];
  const migration = { name: 'm', uid: 'm', phase: 'Planned' as const, mode: 'Live' as const, source: h1, target: h2 };
  const [RUNNING, PAUSED, SHUTOFF] = [1, 3, 5];
  const at = { ...sighting, active: true };
  const move = { source: h1, target: h2, incarnation: 2 };

  interface Case {
    state?: number | null;
    hidden?: string[];
    wantedPower?: 'On' | 'Off';
    deleting?: boolean;
    stop?: { deadline: string };
    guest?: VirtualMachineStatus['guest'];
    interfaces?: VirtualMachineStatus['interfaces'];
    conditions?: {
      type: string;
      status: 'True' | 'False';
      reason: string;
      message: string;
      lastTransitionTime: string;
    }[];
  }
  function look({ state = RUNNING, hidden = [], wantedPower = 'On', deleting = false, ...over }: Case, step: Step) {
    const asked = asAsked({ memory: { size: '1Gi' } }, { host: h1, hypervisor: 'QEMU', migration, ...over });
    const seen: Partial<Seen> = {
      ...seenOf(asked, undefined),
      located: { kind: 'Migrating', move, source: at, target: null, hidden, at: state === null ? null : at },
      record: state === null ? null : ({ state, reason: 2 } as never),
      observation: observed({ wantedPower, deleting, domain: state === SHUTOFF ? off : on }),
    };
    const status = statusOf(seen as Seen, { kind: 'Step', step });
    const condition = (type: string) => status.conditions?.find((c) => c.type === type);
    return { ...status, condition, ready: `${condition('Ready')?.status} ${condition('Ready')?.reason}` };
  }
  const going = { do: 'AwaitMove', detail: '' } as const;

  test('runs, and is where it was', () => {
    const told = look({}, going);
    expect(told).toMatchObject({
      printableStatus: 'Migrating',
      message: 'is being moved from host h1 to host h2',
      ready: 'True Migrating',
      host: h1,
    });
    expect(told.condition('Running')).toMatchObject({ status: 'True' });
    expect(told.condition('Reconciling')).toMatchObject({ status: 'True', reason: 'Migrating' });
    expect(told.condition('LiveMigratable')).toMatchObject({ status: 'True', reason: 'LiveMigratable' });
  });

  test('says what it waits for', () => {
    expect(look({}, { do: 'AwaitMove', detail: 'image x is being brought' }).message).toBe(
      'is being moved from host h1 to host h2: image x is being brought',
    );
  });

  test('keeps what its guest has told, also when the operator was restarted', () => {
    const connected = {
      type: 'AgentConnected',
      status: 'True' as const,
      reason: '',
      message: '',
      lastTransitionTime: '',
    };
    const interfaces = [
      { name: 'lan', networkName: 'lan', mac: 'm', addresses: [{ address: '10.0.0.9', source: 'Agent' as const }] },
    ];
    const told = look({ guest: { hostname: 'web' }, interfaces, conditions: [connected] }, going);
    expect(told).toMatchObject({ guest: { hostname: 'web' }, interfaces });
    expect(told.condition('AgentConnected')?.status).toBe('True');
  });

  test('is not told as paused while its CPUs stand still between the hosts', () => {
    const told = look({ state: PAUSED }, going);
    expect(told.condition('Running')?.status).toBe('True');
    expect(told.condition('Paused')).toBeUndefined();
  });

  test('stays paused when its user had paused it', () => {
    const paused = {
      type: 'Paused',
      status: 'True' as const,
      reason: 'PausedByUser',
      message: '',
      lastTransitionTime: '',
    };
    const told = look({ state: RUNNING, conditions: [paused] }, going);
    expect([told.condition('Paused')?.status, told.ready]).toEqual(['True', 'False Migrating']);
  });

  test('is not what is wanted while it is stopped for it', () => {
    expect(look({ stop: { deadline: '2026-01-01T00:00:30Z' } }, going).ready).toBe('False Migrating');
    expect(look({ state: SHUTOFF }, going).ready).toBe('False Migrating');
    expect(look({ state: SHUTOFF, wantedPower: 'Off' }, going).ready).toBe('True Migrating');
    expect(look({ state: SHUTOFF }, going).condition('LiveMigratable')).toBeUndefined();
  });

  test('is unknown when neither host can tell where it runs', () => {
    const step = { do: 'Wait', reason: 'HostUnreachable', message: 'where it runs is not known' } as const;
    const told = look({ state: null, hidden: ['h1', 'h2'] }, step);
    expect(told).toMatchObject({ printableStatus: 'Unknown', ready: 'Unknown HostUnreachable' });
    expect(told.condition('Running')?.status).toBe('Unknown');
  });

  test('stalls when two hosts run it', () => {
    const told = look({}, { do: 'Stall', reason: 'SplitBrain', message: 'runs on h1 and h2 at once' });
    expect(told).toMatchObject({ printableStatus: 'Running', ready: 'False SplitBrain' });
    expect(told.condition('Stalled')?.reason).toBe('SplitBrain');
  });

  test('is terminating when it is deleted', () => {
    expect(look({ deleting: true }, going).printableStatus).toBe('Terminating');
  });
});

test('whether it could be moved is told while it runs, and only then', () => {
  const asked = asAsked({ memory: { size: '1Gi' } }, { host, hypervisor: 'QEMU' });
  const told = (state: number) => {
    const record = { state, reason: 1 } as Seen['record'];
    const seen = { ...seenOf(asked, undefined), located: { kind: 'Present', sighting }, record } as Seen;
    return statusOf(seen, { kind: 'Step', step: { do: 'Settle' } }).conditions?.find(
      (c) => c.type === 'LiveMigratable',
    );
  };
  expect(told(1)).toMatchObject({ status: 'True', reason: 'LiveMigratable' });
  expect(told(5)).toBeUndefined();
});

describe('memory that is saved', () => {
  const run = { generation: 1, desired: 'Off', ended: true, saved: true } as const;
  const record = { uuid: 'x', name: 'lab_web', persistent: true, autostart: false, stamp: null, seenAt: 0 };
  const [runs, isOff] = [
    { ...record, state: 1, reason: 1 },
    { ...record, state: 5, reason: 1 },
  ];
  const tellOf = (found: typeof runs, over: Partial<typeof run | { ended: false }>) => {
    const seen = seenOf(
      asAsked({ runStrategy: 'Manual', memory: { size: '1Gi' } }, { host, run: { ...run, ...over } }),
      undefined,
    );
    const observation = observed({ runStrategy: 'Manual', wantedPower: found === runs ? 'On' : 'Off' });
    return statusOf({ ...seen, record: found, observation } as Seen, { kind: 'Step', step: { do: 'Settle' } });
  };

  test('is told of', () => {
    expect(tellOf(isOff, {})).toMatchObject({
      printableStatus: 'Stopped',
      message: 'is off on host h1, its memory is saved there; the next start goes on from it',
      run: { saved: true },
    });
  });

  test('is used up by the next run', () => {
    expect(tellOf(runs, { ended: false }).run).toEqual({
      generation: 1,
      desired: 'Off',
      ended: false,
      confirmed: true,
    });
  });
});
