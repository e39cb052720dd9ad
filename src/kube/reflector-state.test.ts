import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WatchEvent } from './client.ts';
import { backoffMs, initialState, type ReflectorInput, type ReflectorState, step } from './reflector-state.ts';
import { Store } from './store.ts';
import { anObject } from './testing.ts';
import type { KubeObject } from './types.ts';

type State = ReflectorState<KubeObject>;
type Input = ReflectorInput<KubeObject>;

const watching = (resourceVersion = '10', failures = 0): State => ({ phase: 'Watching', resourceVersion, failures });
const listing = (given: Partial<State & { phase: 'Listing' }> = {}): State => ({
  ...initialState<KubeObject>(),
  ...given,
});
const a = anObject('a', { version: '11' });
const b = anObject('b', { version: '12' });
const event = (type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', object: KubeObject): Input => ({
  type: 'event',
  event: { type, object },
});
const error = (code: number): Input => ({
  type: 'event',
  event: { type: 'ERROR', object: { code } } as WatchEvent<KubeObject>,
});

describe('step', () => {
  test.each<[string, State, Input, unknown]>([
    [
      'a list of one page',
      listing(),
      { type: 'page', items: [a], resourceVersion: '20', token: undefined },
      { state: watching('20'), emit: { type: 'replace', items: [a] } },
    ],
    [
      'a first page emits nothing yet',
      listing({ failures: 3 }),
      { type: 'page', items: [a], resourceVersion: '20', token: 't' },
      { state: listing({ token: 't', collected: [a] }) },
    ],
    [
      'the last page brings all of them',
      listing({ token: 't', collected: [a] }),
      { type: 'page', items: [b], resourceVersion: '20', token: undefined },
      { state: watching('20'), emit: { type: 'replace', items: [a, b] } },
    ],
    [
      'a page that failed is asked for again',
      listing({ token: 't', collected: [a] }),
      { type: 'listFailed', expired: false },
      { state: listing({ token: 't', collected: [a], failures: 1 }) },
    ],
    [
      'an expired token begins the list anew',
      listing({ token: 't', collected: [a] }),
      { type: 'listFailed', expired: true },
      { state: listing({ failures: 1, expiries: 1 }) },
    ],
    ['added', watching(), event('ADDED', a), { state: watching('11'), emit: { type: 'apply', object: a } }],
    [
      'modified heals failures',
      watching('10', 2),
      event('MODIFIED', a),
      { state: watching('11'), emit: { type: 'apply', object: a } },
    ],
    ['deleted', watching(), event('DELETED', a), { state: watching('11'), emit: { type: 'delete', object: a } }],
    ['a bookmark moves on', watching(), event('BOOKMARK', b), { state: watching('12') }],
    ['410 in the watch lists anew, at once', watching('10', 4), error(410), { state: listing(), endWatch: true }],
    ['another error in the watch backs off', watching(), error(500), { state: watching('10', 1), endWatch: true }],
    ['the server ended the watch', watching(), { type: 'closed', cut: false }, { state: watching() }],
    ['the watch was cut', watching(), { type: 'closed', cut: true }, { state: watching('10', 1) }],
    ['a watch that fell silent lists anew', watching(), { type: 'silent' }, { state: listing({ failures: 1 }) }],
    [
      '410 at opening lists anew',
      watching(),
      { type: 'refused', expired: true, throttled: false },
      { state: listing() },
    ],
    [
      'a server that was away: lists anew',
      watching(),
      { type: 'refused', expired: false, throttled: false },
      { state: listing({ failures: 1 }) },
    ],
    [
      'throttled: the same watch, later',
      watching(),
      { type: 'refused', expired: false, throttled: true },
      { state: watching('10', 1) },
    ],
  ])('%s', (_, state, input, wanted) => {
    expect(step(state, input)).toEqual(wanted);
  });
});

describe('a cache behind a server that does what it likes', () => {
  /** A server in small: a log of changes, of which old ones are compacted away. */
  class Server {
    version = 1;
    compacted = 0;
    readonly objects = new Map<string, KubeObject>();
    readonly log: { version: number; event: WatchEvent<KubeObject> }[] = [];

    change(name: string, remove: boolean): void {
      this.version += 1;
      const old = this.objects.get(name);
      const version = String(this.version);
      if (remove && !old) return;
      const object = anObject(name, { version, uid: old?.metadata.uid ?? `uid-${version}` });
      if (remove) this.objects.delete(name);
      else this.objects.set(name, object);
      this.log.push({
        version: this.version,
        event: { type: remove ? 'DELETED' : old ? 'MODIFIED' : 'ADDED', object },
      });
    }

    after(version: number): WatchEvent<KubeObject>[] | null {
      return version < this.compacted
        ? null
        : this.log.filter((entry) => entry.version > version).map((entry) => entry.event);
    }
  }

  const action = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        name: fc.constantFrom('a', 'b', 'c'),
        remove: fc.boolean(),
      }),
    },
    { weight: 5, arbitrary: fc.constant({ do: 'pump' as const }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { do: 'cut' as const },
        { do: 'refuse' as const },
        { do: 'compact' as const },
        { do: 'listFails' as const },
      ),
    },
  );

  test('shows in the end what the server has, and each change on the way', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const server = new Server();
        const store = new Store<KubeObject>();
        const shown = new Map<string, string>();
        let state: State = initialState();
        const feed = (input: Input): void => {
          const result = step(state, input);
          state = result.state;
          const emit = result.emit;
          if (!emit) return;
          const changes =
            emit.type === 'replace'
              ? store.replace(emit.items)
              : emit.type === 'apply'
                ? store.apply(emit.object)
                : store.delete(emit.object);
          for (const { type, object } of changes) {
            const { uid, resourceVersion } = object.metadata;
            expect(shown.has(uid)).toBe(type !== 'added');
            if (type === 'deleted') shown.delete(uid);
            else shown.set(uid, resourceVersion);
          }
        };
        const pump = (): void => {
          if (state.phase === 'Listing') {
            feed({
              type: 'page',
              items: [...server.objects.values()],
              resourceVersion: String(server.version),
              token: undefined,
            });
            return;
          }
          const events = server.after(Number(state.resourceVersion));
          if (events === null) feed({ type: 'refused', expired: true, throttled: false });
          else for (const one of events) feed({ type: 'event', event: one });
        };
        for (const one of actions) {
          if (one.do === 'change') server.change(one.name, one.remove);
          else if (one.do === 'pump') pump();
          else if (one.do === 'cut') feed({ type: 'closed', cut: true });
          else if (one.do === 'refuse') feed({ type: 'refused', expired: false, throttled: false });
          else if (one.do === 'listFails') feed({ type: 'listFailed', expired: true });
          else server.compacted = server.version;
        }
        pump();
        pump();
        const versions = (objects: Iterable<KubeObject>): string[] =>
          [...objects].map((o) => `${o.metadata.uid}@${o.metadata.resourceVersion}`).sort();
        expect(versions(store.list())).toEqual(versions(server.objects.values()));
        expect([...shown].map(([uid, version]) => `${uid}@${version}`).sort()).toEqual(
          versions(server.objects.values()),
        );
      }),
    );
  });
});

test('backoff has full jitter below an exponential bound', () => {
  expect(backoffMs(0, () => 1)).toBe(0);
  expect([1, 2, 3, 20].map((failures) => backoffMs(failures, () => 1))).toEqual([800, 1600, 3200, 30_000]);
  expect(backoffMs(5, () => 0)).toBe(0);
});
