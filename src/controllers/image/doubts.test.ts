import { describe, expect, it } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { beganToMiss, doubtCopies } from './doubts.ts';
import { type Looks, lookKey } from './observe.ts';

const machine = (reason: string): VirtualMachine =>
  ({
    apiVersion: 'v',
    kind: 'VirtualMachine',
    metadata: { name: 'web', namespace: 'a', uid: 'm', resourceVersion: '1' },
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status: 'False', reason, message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }],
    },
  }) as unknown as VirtualMachine;

describe('a machine that misses a base', () => {
  it.each([
    ['says so now', 'BaseMissing', 'Starting', true],
    ['had said so before', 'BaseMissing', 'BaseMissing', false],
    ['does not', 'VolumeMissing', 'Starting', false],
    ['did, and does not any more', 'ImageNotReady', 'BaseMissing', false],
  ])('%s', (_name, now, before, expected) => {
    expect(beganToMiss(machine(now), machine(before))).toBe(expected);
  });

  it('is heard by a process that sees it for the first time', () => {
    expect(beganToMiss(machine('BaseMissing'), undefined)).toBe(true);
  });
});

it('all copies of that image are looked at again, and no others', () => {
  const copies = ['local/h1', 'local/h2', 'shared/'].map((key) => ({
    key,
    poolName: 'p',
    attempt: 1,
    phase: 'Ready' as const,
  }));
  const image = { metadata: { uid: 'i' }, status: { copies } } as unknown as VirtualMachineImage;
  const other = { ...image, metadata: { ...image.metadata, uid: 'j' } };
  const looks: Looks = new Map([image, other].flatMap((one) => copies.map((copy) => [lookKey(one, copy), 1])));
  doubtCopies(looks, image);
  expect([...looks.keys()]).toEqual(['j/local/h1/1', 'j/local/h2/1', 'j/shared//1']);
});
