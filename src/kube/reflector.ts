import { setTimeout as sleep } from 'node:timers/promises';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { counter } from '#platform/metrics.ts';
import type { KubeClient } from './client.ts';
import { isExpired, isSilence } from './errors.ts';
import {
  backoffMs,
  type Emission,
  initialState,
  type Listing,
  type ReflectorInput,
  type ReflectorState,
  step,
} from './reflector-state.ts';
import type { KubeObject, ResourceKind } from './types.ts';

export interface ReflectorOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Items a page. */
  pageSize?: number;
  /** The server ends a watch after a random time between this and twice this. */
  watchSeconds?: number;
  /** Bookmarks come about once a minute: a watch that is silent for longer than this is dead. */
  idleMs?: number;
  /** Bounds of the pause after a failure. */
  backoffBaseMs?: number;
  backoffMaxMs?: number;
}

/** A list is about to be asked for from its first page on: it will show all that the server has done until now. */
export interface ListBegins {
  type: 'begin';
}

const lists = counter('virtfleet_reflector_lists_total', 'Full lists, by kind and outcome.', ['kind', 'outcome']);
const watches = counter('virtfleet_reflector_watches_total', 'Watches that ended, by kind and outcome.', [
  'kind',
  'outcome',
]);

const logger = log.child({ room: 'kube' });

/** Follows a kind until the signal is aborted, whatever happens: it has no other end. Never rejects. */
export async function runReflector<T extends KubeObject>(
  client: KubeClient,
  kind: ResourceKind<T>,
  emit: (emission: Emission<T> | ListBegins) => void,
  signal: AbortSignal,
  options: ReflectorOptions = {},
): Promise<void> {
  let state = initialState<T>() as ReflectorState<T>;
  const feed = (input: ReflectorInput<T>): boolean => {
    const result = step(state, input);
    const { failures } = state;
    state = result.state;
    try {
      if (result.emit) emit(result.emit);
    } catch (error) {
      // The cache did not take it (an index function that throws): it may be wrong now, so all of it is read again.
      logger.error({ kind: kind.kind, err: error }, 'the cache could not take in a change');
      state = initialState(failures + 1);
      return true;
    }
    return result.endWatch ?? false;
  };
  while (!signal.aborted) {
    const pauseMs = backoffMs(state.failures, Math.random, options.backoffBaseMs, options.backoffMaxMs);
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (state.phase === 'Listing') {
      if (state.token === undefined) emit({ type: 'begin' });
      await listOnce(client, kind, state, feed, signal, options);
    } else await watchOnce(client, kind, state.resourceVersion, feed, signal, options);
  }
}

type Feed<T extends KubeObject> = (input: ReflectorInput<T>) => boolean;

async function listOnce<T extends KubeObject>(
  client: KubeClient,
  kind: ResourceKind<T>,
  state: Listing<T>,
  feed: Feed<T>,
  signal: AbortSignal,
  options: ReflectorOptions,
): Promise<void> {
  try {
    const page = await client.list(kind, {
      namespace: options.namespace,
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
      limit: state.expiries < 2 ? (options.pageSize ?? 500) : undefined,
      continue: state.token,
      signal,
    });
    if (page.continue === undefined) lists.inc({ kind: kind.kind, outcome: 'ok' });
    feed({ type: 'page', items: page.items.map(slim), resourceVersion: page.resourceVersion, token: page.continue });
  } catch (error) {
    if (signal.aborted) return;
    lists.inc({ kind: kind.kind, outcome: errorClassOf(error) });
    const denied = errorClassOf(error) === 'Denied';
    logger[denied || state.failures >= 3 ? 'warn' : 'info'](
      { kind: kind.kind, failures: state.failures },
      toMessage(error),
    );
    feed({ type: 'listFailed', expired: isExpired(error) });
  }
}

async function watchOnce<T extends KubeObject>(
  client: KubeClient,
  kind: ResourceKind<T>,
  resourceVersion: string,
  feed: Feed<T>,
  signal: AbortSignal,
  options: ReflectorOptions,
): Promise<void> {
  const { namespace, labelSelector, fieldSelector, watchSeconds = 300, idleMs = 150_000 } = options;
  const end = new AbortController();
  const timeoutSeconds = Math.ceil(watchSeconds * (1 + Math.random()));
  const startedAt = performance.now();
  let opened = false;
  try {
    const events = client.watch(kind, {
      namespace,
      labelSelector,
      fieldSelector,
      resourceVersion,
      timeoutSeconds,
      idleMs,
      signal: AbortSignal.any([signal, end.signal]),
      onOpen: () => {
        opened = true;
      },
    });
    for await (const event of events) {
      if (event.type !== 'ERROR') slim(event.object);
      if (feed({ type: 'event', event })) {
        watches.inc({ kind: kind.kind, outcome: 'error' });
        return;
      }
    }
    // A server that ends every watch at once would otherwise be asked in a tight loop.
    const early = performance.now() - startedAt < 1000;
    watches.inc({ kind: kind.kind, outcome: early ? 'early' : 'ok' });
    feed({ type: 'closed', cut: early });
  } catch (error) {
    if (signal.aborted) return;
    watches.inc({ kind: kind.kind, outcome: errorClassOf(error) });
    logger.info({ kind: kind.kind, opened }, toMessage(error));
    if (opened) feed(isSilence(error) ? { type: 'silent' } : { type: 'closed', cut: true });
    else feed({ type: 'refused', expired: isExpired(error), throttled: isThrottled(error) });
  } finally {
    end.abort();
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason === 'TooManyRequests';
}

/** managedFields are often half of an object, and nobody here reads them. */
export function slim<T extends KubeObject>(object: T): T {
  if ('managedFields' in object.metadata) Reflect.deleteProperty(object.metadata, 'managedFields');
  return object;
}
