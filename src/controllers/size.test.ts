import { describe, expect, test } from 'vitest';
import type { virtualMachineSpec } from '#api/v1alpha1/virtual-machine-spec.ts';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { aClass, asAsked } from './machine/testing.ts';
import { roomOf } from './room.ts';
import { sizeOf } from './size.ts';

const GiB = 2 ** 30;
const medium = aClass('medium');
const asks = (spec: object, status?: VirtualMachineStatus) =>
  asAsked(spec as Parameters<typeof virtualMachineSpec.parse>[0], status);
const pinned = (name = 'medium'): VirtualMachineStatus => {
  const { pin } = sizeOf(asks({ className: name }), aClass(name));
  return pin ? { class: pin } : {};
};

describe('whose word counts', () => {
  test.each<[string, object, { cpuMilli: number; memoryBytes: number }]>([
    ['no class, no cpu', { memory: { size: '1Gi' } }, { cpuMilli: 1000, memoryBytes: GiB }],
    ['the class', { className: 'medium' }, { cpuMilli: 4000, memoryBytes: 8 * GiB }],
    ['its own memory', { className: 'medium', memory: { size: '1Gi' } }, { cpuMilli: 4000, memoryBytes: GiB }],
    ['its own cpu', { className: 'medium', cpu: { cores: 2 } }, { cpuMilli: 2000, memoryBytes: 8 * GiB }],
    [
      'its own cpu and memory',
      { className: 'medium', cpu: { threads: 2 }, memory: { size: '2Gi' } },
      { cpuMilli: 2000, memoryBytes: 2 * GiB },
    ],
  ])('%s', (_, spec, room) => {
    const { machine, known, problem } = sizeOf(asks(spec), medium);
    expect(roomOf(machine)).toEqual(room);
    expect({ known, problem }).toEqual({ known: true, problem: undefined });
  });

  test('cpu is taken whole: nothing of the class is mixed into it', () => {
    const fast = aClass('fast', { cpu: { cores: 8, max: 16, mode: 'HostPassthrough' } });
    const { machine } = sizeOf(asks({ className: 'fast', cpu: { cores: 2 } }), fast);
    expect(machine.spec.cpu).toEqual({ cores: 2, sockets: 1, threads: 1, mode: 'Baseline' });
  });
});

describe('what a placed machine has of its class stays', () => {
  const anew = { ...aClass('medium', { cpu: { cores: 64 } }), metadata: { ...medium.metadata, uid: 'another' } };

  test.each([
    ['the class is gone', undefined],
    ['a namesake has another size', anew],
    ['it is offered to others only', aClass('medium', { allowedNamespaces: ['other'] })],
  ])('%s', (_, found) => {
    const status = pinned();
    const { machine, pin, problem, known } = sizeOf(asks({ className: 'medium' }, status), found);
    expect(roomOf(machine)).toEqual({ cpuMilli: 4000, memoryBytes: 8 * GiB });
    expect({ pin, problem, known }).toEqual({ pin: status.class, problem: undefined, known: true });
  });

  test('another class that is named takes its place', () => {
    const large = aClass('large', { cpu: { cores: 16 }, memory: { size: '64Gi' } });
    const { machine, pin } = sizeOf(asks({ className: 'large' }, pinned()), large);
    expect(roomOf(machine).cpuMilli).toBe(16_000);
    expect(pin).toMatchObject({ name: 'large', uid: 'class-large', cpu: { cores: 16 } });
  });

  test('another class that is not there changes nothing, and is waited for', () => {
    const status = pinned();
    const { machine, pin, problem, known } = sizeOf(asks({ className: 'huge' }, status), undefined);
    expect(roomOf(machine).cpuMilli).toBe(4000);
    expect({ pin, known }).toEqual({ pin: status.class, known: true });
    expect(problem).toMatchObject({ kind: 'Wait', reason: 'ClassNotFound' });
  });

  test('without a class there is none recorded', () => {
    const { machine, pin } = sizeOf(asks({ memory: { size: '1Gi' } }, pinned()), undefined);
    expect(pin).toBeUndefined();
    expect(roomOf(machine)).toEqual({ cpuMilli: 1000, memoryBytes: GiB });
  });
});

describe('a class that cannot be had', () => {
  test('is named with the mend', () => {
    const { known, pin, problem } = sizeOf(asks({ className: 'huge' }), undefined);
    expect({ known, pin }).toEqual({ known: false, pin: undefined });
    expect(problem?.message).toBe('there is no VirtualMachineClass huge; have it created, or correct spec.className');
  });

  test('of other namespaces is refused', () => {
    const { known, problem } = sizeOf(asks({ className: 'medium' }), aClass('medium', { allowedNamespaces: ['prod'] }));
    expect(known).toBe(false);
    expect(problem).toMatchObject({ kind: 'Stall', reason: 'ClassNotAllowed' });
    expect(problem?.message).toContain('not offered to namespace lab');
    expect(sizeOf(asks({ className: 'medium' }), aClass('medium', { allowedNamespaces: ['lab'] })).known).toBe(true);
  });
});

describe('where machines of a class may run', () => {
  const gpu = aClass('gpu', {
    scheduling: {
      hostSelector: { matchLabels: { gpu: 'true' } },
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
    },
  });
  const placedBy = (scheduling: object) => sizeOf(asks({ className: 'gpu', scheduling }), gpu).machine.spec.scheduling;

  test('the class says it for a machine that says nothing', () => {
    expect(placedBy({})).toMatchObject(gpu.spec.scheduling ?? {});
  });

  test('both selectors must hold, also where they name one label, and all tolerations count', () => {
    const both = placedBy({
      hostSelector: { matchLabels: { gpu: 'old' } },
      tolerations: [{ key: 'x', operator: 'Exists' }],
    });
    expect(both.hostSelector).toEqual({
      matchLabels: { gpu: 'old' },
      matchExpressions: [{ key: 'gpu', operator: 'In', values: ['true'] }],
    });
    expect(both.tolerations?.map(({ key }) => key)).toEqual(['x', 'gpu']);
  });
});
