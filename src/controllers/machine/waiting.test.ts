import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SizedMachine } from '../size.ts';
import { FleetLedger } from './ledger.ts';
import { claimOf } from './place.ts';
import { World, worldMachine } from './testing/world.ts';
import { followNeighbours, inTurn, Waiting } from './waiting.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const onH1 = { name: 'h1', uid: 'u1' };
const SECOND = 1_000;

class Scene {
  readonly world = new World();
  readonly ledger = new FleetLedger();
  readonly woken = new Map<string, number>();
  readonly waiting = new Waiting(
    (key) => this.woken.set(key, (this.woken.get(key) ?? 0) + 1),
    (keys) => inTurn(this.world.deps.informers, keys),
    () => Date.now(),
  );

  constructor() {
    this.world.priorityClass('high', 100);
    this.sees(worldMachine('placed', 2, onH1));
    this.sees(worldMachine('other', 2));
    followNeighbours(this.world.deps.informers, this.ledger, this.waiting);
    this.waiting.add('lab/waits', true);
  }

  sees(machine: SizedMachine): void {
    this.ledger.observe(claimOf(machine));
    this.world.machine(machine);
  }

  wokenIn(ms: number): [string, number][] {
    this.woken.clear();
    vi.advanceTimersByTime(ms);
    return [...this.woken];
  }
}

const labelled = (machine: SizedMachine): SizedMachine => ({
  ...machine,
  metadata: { ...machine.metadata, labels: { app: 'shop' } },
});
const off = (machine: SizedMachine): SizedMachine => ({
  ...machine,
  spec: { ...machine.spec, runStrategy: 'Halted' },
});
const going = (machine: SizedMachine): SizedMachine => ({
  ...machine,
  metadata: { ...machine.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
});
const told = (machine: SizedMachine, message: string): SizedMachine => ({
  ...machine,
  metadata: { ...machine.metadata, resourceVersion: message },
  status: { ...machine.status, printableStatus: machine.status?.host ? 'Running' : 'Unschedulable', message },
});

describe('who fits nowhere is woken by', () => {
  test.each<[string, (scene: Scene) => void]>([
    ['a neighbour that is placed', ({ ledger }) => ledger.take(claimOf(worldMachine('other', 2, onH1)))],
    [
      'a placement that came to nothing',
      (scene) => {
        scene.ledger.take(claimOf(worldMachine('other', 2, onH1)));
        scene.wokenIn(SECOND);
        scene.ledger.settle('other', claimOf(worldMachine('other', 2)));
      },
    ],
    ['a machine that gets smaller', (scene) => scene.sees(worldMachine('placed', 1, onH1))],
    ['a machine that goes elsewhere', (scene) => scene.sees(worldMachine('placed', 2, { name: 'h2', uid: 'u2' }))],
    ['a machine that is forgotten', ({ ledger }) => ledger.forget('placed')],
    ['other labels of a machine that is placed', (scene) => scene.sees(labelled(worldMachine('placed', 2, onH1)))],
    ['other labels of one that waits', (scene) => scene.sees(labelled(worldMachine('other', 2)))],
    ['one that waits and asks for less', (scene) => scene.sees(worldMachine('other', 1))],
    ['one that waits and is halted', (scene) => scene.sees(off(worldMachine('other', 2)))],
    ['one that waits and is deleted', (scene) => scene.sees(going(worldMachine('other', 2)))],
    [
      'one that waits and is given a class',
      (scene) => scene.sees(worldMachine('other', 2, undefined, { priorityClassName: 'high' })),
    ],
    ['a PriorityClass that is made', ({ world }) => world.priorityClass('low', 1)],
    ['a PriorityClass that changes', ({ world }) => world.priorityClass('high', 1)],
  ])('%s, once', (_, change) => {
    const scene = new Scene();
    change(scene);
    expect(scene.wokenIn(SECOND)).toEqual([['lab/waits', 1]]);
    expect(scene.wokenIn(60 * SECOND)).toEqual([]);
  });

  test.each<[string, (scene: Scene) => void]>([
    ['nothing', () => {}],
    ['status of another that waits', (scene) => scene.sees(told(worldMachine('other', 2), 'no host fits'))],
    ['status of one that is placed', (scene) => scene.sees(told(worldMachine('placed', 2, onH1), 'it runs'))],
    ['a new machine without a host', (scene) => scene.sees(worldMachine('new', 2))],
    ['the same PriorityClass again', ({ world }) => world.priorityClass('high', 100)],
  ])('but not by %s', (_, change) => {
    const scene = new Scene();
    change(scene);
    expect(scene.wokenIn(60 * SECOND)).toEqual([]);
  });
});

describe('waking', () => {
  test('one that waits for something else, or no more, is left alone', () => {
    const scene = new Scene();
    const { waiting, ledger } = scene;
    waiting.add('lab/pool');
    waiting.add('lab/done', true);
    waiting.delete('lab/done');
    ledger.forget('placed');
    vi.advanceTimersByTime(SECOND);
    expect([...scene.woken]).toEqual([['lab/waits', 1]]);
    waiting.wakeNow();
    expect([...scene.woken.keys()]).toEqual(['lab/waits', 'lab/pool']);
    waiting.wakeNow((key) => key === 'lab/pool');
    expect([...scene.woken.values()]).toEqual([2, 2]);
  });

  test('who has the higher priority comes first, then who waits longer, whoever was looked at last', () => {
    const scene = new Scene();
    scene.world.priorityClass('top', 200);
    const made = (name: string, minute: number, priorityClassName?: string): void => {
      const machine = worldMachine(name, 1, undefined, priorityClassName ? { priorityClassName } : {});
      machine.metadata.creationTimestamp = `2026-01-01T00:0${minute}:00Z`;
      scene.sees(machine);
      scene.waiting.add(`lab/${name}`, true);
    };
    made('young', 3);
    made('old', 1);
    made('important', 4, 'top');
    made('middle', 2);
    scene.waiting.delete('lab/waits');
    scene.waiting.add('lab/gone', true);
    const order = ['lab/important', 'lab/old', 'lab/middle', 'lab/young', 'lab/gone'];
    scene.woken.clear();
    scene.waiting.wakeNow();
    expect([...scene.woken.keys()]).toEqual(order);
    scene.ledger.forget('placed');
    expect(scene.wokenIn(SECOND).map(([key]) => key)).toEqual(order);
  });

  test('a thousand placements wake a thousand machines a few times, and once after the last', () => {
    const scene = new Scene();
    for (let i = 0; i < 999; i++) scene.waiting.add(`lab/w${i}`, true);
    const place = (nth: number): void => scene.ledger.take(claimOf(worldMachine(`m${nth}`, 1, onH1)));
    for (let i = 0; i < 1000; i++) {
      place(i);
      vi.advanceTimersByTime(10);
    }
    expect(scene.woken.size).toBe(1000);
    expect(Math.max(...scene.woken.values())).toBe(1);
    const after = scene.wokenIn(20 * SECOND);
    expect(after).toHaveLength(1000);
    expect(after.every(([, times]) => times === 1)).toBe(true);
  });

  test('one that decided before a change is woken although it says so after it', () => {
    const scene = new Scene();
    scene.waiting.delete('lab/waits');
    scene.ledger.forget('placed');
    scene.waiting.add('lab/waits', true);
    expect(scene.wokenIn(SECOND)).toEqual([['lab/waits', 1]]);
  });
});
