import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { ControllerDeps } from '../deps.ts';
import { Groups } from './groups.ts';

const host = { metadata: { name: 'h1', uid: 'uid-h1' } } as Host;

interface Sketch {
  namespace?: string;
  labels?: Record<string, string>;
  at?: string;
  running?: string;
  moves?: boolean;
  disruption?: object | null;
}
let count = 0;
function machine({
  namespace = 'a',
  labels = { app: 'db' },
  at = 'uid-h2',
  running = 'True',
  moves = false,
  disruption = { groupLabel: 'app', maxUnavailable: 1 },
}: Sketch = {}): VirtualMachine {
  count += 1;
  return {
    metadata: { namespace, name: `vm-${count}`, uid: `u${count}`, labels },
    spec: disruption ? { disruption } : {},
    status: {
      host: { uid: at },
      ...(moves ? { migration: { phase: 'Moving' } } : {}),
      conditions: [{ type: 'Running', status: running }],
    },
  } as unknown as VirtualMachine;
}

function groupOf(one: VirtualMachine, others: VirtualMachine[]): ReturnType<Groups['of']> {
  const machines = { list: () => [one, ...others] };
  const deps = { informers: { machines } } as unknown as ControllerDeps;
  return new Groups(deps, host).of(one);
}

test.each<[string, Sketch]>([
  ['names none', { disruption: null }],
  ['does not have the label itself', { labels: {} }],
])('a machine that %s is in no group', (_, sketch) => {
  expect(groupOf(machine(sketch), [machine({ running: 'False' })])).toBeNull();
});

test.each<[string, Sketch, number]>([
  ['runs elsewhere', {}, 0],
  ['runs here', { at: 'uid-h1' }, 0],
  ['is off', { running: 'False' }, 1],
  ['is on a host that nobody sees', { running: 'Unknown' }, 1],
  ['is being moved between two other hosts', { moves: true }, 1],
  ['is being moved away from here, which the plan counts itself', { moves: true, at: 'uid-h1' }, 0],
  ['is off, in another namespace', { running: 'False', namespace: 'b' }, 0],
  ['is off, with another value of the label', { running: 'False', labels: { app: 'web' } }, 0],
  ['is off, without the label', { running: 'False', labels: {} }, 0],
])('away beside a machine: one that %s', (_, sketch, away) => {
  expect(groupOf(machine(), [machine(sketch)])).toEqual({ name: 'a app=db', maxUnavailable: 1, away });
});

test('a machine is not away for itself', () => {
  expect(groupOf(machine({ running: 'False' }), [])?.away).toBe(0);
});
