import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineClass } from '#api/v1alpha1/virtual-machine-class.ts';
import { sizeOf } from '../size.ts';
import { Memories } from './memory.ts';
import type { Seen } from './observe.ts';
import { statusOf } from './status.ts';
import { aClass, around, asAsked } from './testing.ts';
import { fresh, seen as observed } from './testing-plan.ts';

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
