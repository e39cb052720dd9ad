import type { WatchEvent } from './client.ts';
import type { KubeObject } from './types.ts';

/**
 * How a cache follows the API server, as a pure step from state and input to state and emissions, in the manner of
 * kube-rs's watcher. The driver (reflector.ts) does what the state says and feeds in what came of it:
 *
 *   Listing ──page──▶ Listing (there is more)
 *      ▲  └──last page──▶ Watching          emits `replace` with all of them
 *      │                     │  event: emits `apply` or `delete`, moves on the resourceVersion
 *      │                     │  closed: watches on from there, at once
 *      └─────────────────────┘  expired (410), silent: lists anew
 *                               refused (no stream came to be): lists anew, after a pause
 *
 * A watch that could not be opened again leads to a list, not to the old resourceVersion: a server that was away may be
 * back with an older etcd, where a watch from a version in its future would wait in silence and miss everything. A watch
 * that falls silent leads to a list for the same reason: etcd may have been restored behind a server that runs on.
 */
export type ReflectorState<T extends KubeObject> = Listing<T> | Watching;

export interface Listing<T extends KubeObject> {
  phase: 'Listing';
  token: string | undefined;
  collected: readonly T[];
  /** Lists that expired between two pages; from the second on the list is asked for in one piece. */
  expiries: number;
  failures: number;
}

export interface Watching {
  phase: 'Watching';
  resourceVersion: string;
  failures: number;
}

export type ReflectorInput<T extends KubeObject> =
  | { type: 'page'; items: readonly T[]; resourceVersion: string; token: string | undefined }
  | { type: 'listFailed'; expired: boolean }
  | { type: 'event'; event: WatchEvent<T> }
  /** The watch ended after it had been open: by the server's timeout, or cut. */
  | { type: 'closed'; cut: boolean }
  /** The watch was open and told nothing, no bookmark either, for longer than one of a living server is silent. */
  | { type: 'silent' }
  /** The watch could not be opened. */
  | { type: 'refused'; expired: boolean; throttled: boolean };

export type Emission<T extends KubeObject> =
  | { type: 'replace'; items: readonly T[] }
  | { type: 'apply'; object: T }
  | { type: 'delete'; object: T };

export interface ReflectorStep<T extends KubeObject> {
  state: ReflectorState<T>;
  emit?: Emission<T>;
  /** The running watch is to be given up. */
  endWatch?: boolean;
}

export function initialState<T extends KubeObject>(failures = 0): Listing<T> {
  return { phase: 'Listing', token: undefined, collected: [], expiries: 0, failures };
}

export function step<T extends KubeObject>(state: ReflectorState<T>, input: ReflectorInput<T>): ReflectorStep<T> {
  switch (state.phase) {
    case 'Listing':
      return stepListing(state, input);
    case 'Watching':
      return stepWatching(state, input);
  }
}

function stepListing<T extends KubeObject>(state: Listing<T>, input: ReflectorInput<T>): ReflectorStep<T> {
  switch (input.type) {
    case 'page': {
      const collected = state.collected.length === 0 ? input.items : [...state.collected, ...input.items];
      if (input.token !== undefined) return { state: { ...state, token: input.token, collected, failures: 0 } };
      return {
        state: { phase: 'Watching', resourceVersion: input.resourceVersion, failures: 0 },
        emit: { type: 'replace', items: collected },
      };
    }
    case 'listFailed':
      // A page that failed is asked for again from where it was; an expired list starts over.
      if (!input.expired) return { state: { ...state, failures: state.failures + 1 } };
      return { state: { ...initialState<T>(state.failures + 1), expiries: state.expiries + 1 } };
    default:
      return { state };
  }
}

function stepWatching<T extends KubeObject>(state: Watching, input: ReflectorInput<T>): ReflectorStep<T> {
  switch (input.type) {
    case 'event':
      return stepEvent(state, input.event);
    case 'closed':
      return { state: input.cut ? { ...state, failures: state.failures + 1 } : state };
    case 'silent':
      return { state: initialState(state.failures + 1) };
    case 'refused':
      if (input.throttled) return { state: { ...state, failures: state.failures + 1 } };
      return { state: initialState(input.expired ? 0 : state.failures + 1) };
    default:
      return { state };
  }
}

function stepEvent<T extends KubeObject>(state: Watching, event: WatchEvent<T>): ReflectorStep<T> {
  if (event.type === 'ERROR') {
    const expired = event.object.code === 410;
    if (expired) return { state: initialState(), endWatch: true };
    return { state: { ...state, failures: state.failures + 1 }, endWatch: true };
  }
  const moved = { ...state, resourceVersion: event.object.metadata.resourceVersion, failures: 0 };
  switch (event.type) {
    case 'BOOKMARK':
      return { state: moved };
    case 'ADDED':
    case 'MODIFIED':
      return { state: moved, emit: { type: 'apply', object: event.object } };
    case 'DELETED':
      return { state: moved, emit: { type: 'delete', object: event.object } };
  }
}

/** Full jitter: anything from nothing to an exponential bound, so that a fleet of watchers does not come at once. */
export function backoffMs(failures: number, random: () => number, baseMs = 800, maxMs = 30_000): number {
  if (failures <= 0) return 0;
  return random() * Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 20));
}
