import { type Clock, systemClock } from '#platform/clock.ts';
import { type EffectName, effect } from '#platform/effect.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { checkRight, type Right } from '#platform/right.ts';
import { type ClusterSource, findCluster } from './credentials.ts';
import { API_TIMEOUT_MS, type ApiRequest, Transport } from './transport.ts';
import { type KubeObject, nameForMessage, type ObjectMeta, pathOf, type Ref, type ResourceKind } from './types.ts';

export interface ListOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Items a page; none: all at once. */
  limit?: number | undefined;
  continue?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface ListPage<T> {
  items: T[];
  resourceVersion: string;
  /** There is more: ask again with it. */
  continue?: string;
}

export type WatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; object: T }
  | { type: 'ERROR'; object: { code?: number; reason?: string; message?: string } };

export interface WatchOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  resourceVersion: string;
  /** After that the server ends the watch in peace. */
  timeoutSeconds: number;
  /** The watch fails when not even a bookmark came for this long. */
  idleMs: number;
  signal: AbortSignal;
  /** The server has said yes: from now on it tells of every change after resourceVersion. */
  onOpen?: () => void;
}

export interface WriteOptions {
  subresource?: 'status' | 'scale';
}

export type ApplyOptions = WriteOptions & { fieldManager: string; force?: boolean };

interface Write {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  verb: string;
  body: unknown;
  contentType?: string;
  query?: Record<string, string>;
  subresource?: 'status' | 'scale';
  ref?: Ref;
}

/**
 * The Kubernetes API in raw JSON: nothing is converted, no field is lost. Errors are VirtfleetErrors that carry the API
 * server's words. Everything that changes something passes the gate: the right is checked, and once more when the
 * connection stands and the request is about to be written to it; it is given up when the right ends, and the server is told (`timeout`) not to work on it for longer than that.
 */
export class KubeClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  static async connect(source: ClusterSource = {}): Promise<KubeClient> {
    return new KubeClient(new Transport(await findCluster(source)));
  }

  /** Its wall clock is the API server's: for all times in objects. Until the first answer it is our own. */
  get clock(): Clock {
    return this.#transport.clock;
  }

  /** An uncached read. Null when there is none of that name. */
  async get<T extends KubeObject>(kind: ResourceKind<T>, ref: Ref): Promise<T | null> {
    const object = nameForMessage(kind, ref);
    const label = { what: `get ${object}`, object, mutating: false };
    try {
      return (await this.#transport.json({ method: 'GET', path: pathOf(kind, ref), label })) as T;
    } catch (error) {
      if (error instanceof VirtfleetError && error.errorClass === 'NotFound') return null;
      throw error;
    }
  }

  /** One page, or all when no limit is given. Throws reason Expired when the continue token is too old. */
  async list<T extends KubeObject>(kind: ResourceKind<T>, options: ListOptions = {}): Promise<ListPage<T>> {
    const answer = (await this.#transport.json({
      method: 'GET',
      path: pathOf(kind, options),
      query: {
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
        limit: options.limit === undefined ? undefined : String(options.limit),
        continue: options.continue,
      },
      signal: options.signal,
      label: { what: `list ${kind.plural}`, mutating: false },
    })) as { items: T[] | null; metadata: { resourceVersion: string; continue?: string }; apiVersion: string };
    const { resourceVersion, continue: more } = answer.metadata;
    // Built-in kinds leave kind and apiVersion out of the items of a list.
    const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
    const items = (answer.items ?? []).map((item) => ({ ...item, apiVersion, kind: kind.kind }));
    return more ? { items, resourceVersion, continue: more } : { items, resourceVersion };
  }

  /** All pages of a list, for command line and tests. Informers page by themselves. */
  async listAll<T extends KubeObject>(kind: ResourceKind<T>, options: ListOptions = {}): Promise<T[]> {
    const items: T[] = [];
    let token: string | undefined;
    do {
      const page = await this.list(kind, { limit: 500, ...options, continue: token });
      items.push(...page.items);
      token = page.continue;
    } while (token !== undefined);
    return items;
  }

  async create<T extends KubeObject>(right: Right, kind: ResourceKind<T>, body: CreateBody<T>): Promise<T> {
    const ref = body.metadata;
    const path = pathOf(kind, { namespace: ref.namespace });
    return (await this.#write(right, kind, { method: 'POST', path, verb: 'create', body, ref: nameless(ref) })) as T;
  }

  /**
   * A JSON merge patch that holds only for exactly the version `base`: somebody else's write in between makes it a
   * Conflict, and so does another object of the same name. For decisions, facts and conditions with subresource
   * 'status'; without one for finalizers and metadata.
   */
  async patchFenced<T extends KubeObject>(
    right: Right,
    kind: ResourceKind<T>,
    base: KubeObject,
    patch: object,
    options: WriteOptions = {},
  ): Promise<T> {
    const { uid, resourceVersion } = base.metadata;
    return this.#patch(right, kind, base.metadata, fence(patch, { uid, resourceVersion }), options);
  }

  /** A merge patch that holds for this very object in any version: for a field that has one writer of its own. */
  async patchByUid<T extends KubeObject>(
    right: Right,
    kind: ResourceKind<T>,
    ref: Ref & { uid: string },
    patch: object,
    options: WriteOptions = {},
  ): Promise<T> {
    return this.#patch(right, kind, ref, fence(patch, { uid: ref.uid }), options);
  }

  /** Server-side apply. Two processes under one manager overwrite each other in silence: not for decisions. */
  async apply<T extends KubeObject>(
    right: Right,
    kind: ResourceKind<T>,
    body: CreateBody<T>,
    options: ApplyOptions,
  ): Promise<T> {
    const ref = { namespace: body.metadata.namespace, name: body.metadata.name ?? '' };
    const query = { fieldManager: options.fieldManager, force: String(options.force ?? false) };
    const write: Write = {
      method: 'PATCH',
      path: pathOf(kind, ref),
      verb: 'apply',
      body,
      contentType: 'application/apply-patch+yaml',
      query,
      ref,
    };
    return (await this.#write(right, kind, subresourced(write, options))) as T;
  }

  /** Replaces the object; `body` carries the resourceVersion it is based on. For Leases, whose every field is ours. */
  async replace<T extends KubeObject>(right: Right, kind: ResourceKind<T>, body: T): Promise<T> {
    const ref = body.metadata;
    return (await this.#write(right, kind, { method: 'PUT', path: pathOf(kind, ref), verb: 'update', body, ref })) as T;
  }

  /** Asks for deletion; what is gone already is success. With a uid only that very object: else Conflict. */
  async delete<T extends KubeObject>(right: Right, kind: ResourceKind<T>, ref: Ref & { uid?: string }): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      ...(ref.uid === undefined ? {} : { preconditions: { uid: ref.uid } }),
    };
    try {
      await this.#write(right, kind, { method: 'DELETE', path: pathOf(kind, ref), verb: 'delete', body, ref });
    } catch (error) {
      if (!(error instanceof VirtfleetError && error.errorClass === 'NotFound')) throw error;
    }
  }

  /** One watch, until the server ends it. Errors of the stream are thrown; an ERROR event is handed out as it is. */
  async *watch<T extends KubeObject>(kind: ResourceKind<T>, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
    const call: ApiRequest = {
      method: 'GET',
      path: pathOf(kind, options),
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        resourceVersion: options.resourceVersion,
        timeoutSeconds: String(options.timeoutSeconds),
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
      },
      signal: options.signal,
      label: { what: `watch ${kind.plural}`, mutating: false },
    };
    for await (const line of this.#transport.lines(call, options.idleMs, options.onOpen))
      yield JSON.parse(line) as WatchEvent<T>;
  }

  /** Any other path that is read, such as /version or /readyz?verbose. */
  async getPath(path: string): Promise<unknown> {
    return this.#transport.json({ method: 'GET', path, label: { what: `get ${path}`, mutating: false } });
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #patch<T extends KubeObject>(
    right: Right,
    kind: ResourceKind<T>,
    ref: Ref,
    body: object,
    options: WriteOptions,
  ): Promise<T> {
    const contentType = 'application/merge-patch+json';
    const write: Write = { method: 'PATCH', path: pathOf(kind, ref), verb: 'patch', body, contentType, ref };
    return (await this.#write(right, kind, subresourced(write, options))) as T;
  }

  #write<T extends KubeObject>(right: Right, kind: ResourceKind<T>, write: Write): Promise<unknown> {
    const sub = write.subresource ? `/${write.subresource}` : '';
    const name: EffectName = `api:${kind.plural}${sub}.${write.verb}`;
    const object = nameForMessage(kind, write.ref);
    return effect(name, right, async ({ notAfterMs }) => {
      const timeoutMs = Math.min(API_TIMEOUT_MS, notAfterMs - systemClock.boottimeMs());
      // Whole seconds are what the server understands best; it ends the work on the request by then.
      const timeout = `${Math.max(1, Math.ceil(timeoutMs / 1000))}s`;
      return this.#transport.json({
        method: write.method,
        path: write.path + sub,
        query: { ...write.query, timeout },
        body: write.body,
        ...(write.contentType ? { contentType: write.contentType } : {}),
        signal: AbortSignal.any([right.signal, AbortSignal.timeout(Math.max(1, Math.floor(timeoutMs)))]),
        gate: () => checkRight(right),
        label: { what: `${write.verb} ${object}${sub}`, object, mutating: true },
      });
    });
  }
}

/** An object as it is sent: the server gives it uid and resourceVersion. NewObject of the api fits, too. */
export type CreateBody<T extends KubeObject> = Omit<T, 'metadata' | 'status'> & {
  metadata: Partial<Omit<ObjectMeta, 'resourceVersion'>> & { generateName?: string };
};

function nameless(ref: {
  namespace?: string | undefined;
  name?: string | undefined;
  generateName?: string | undefined;
}): Ref {
  return { namespace: ref.namespace, name: ref.name ?? `${ref.generateName ?? ''}…` };
}

function subresourced(write: Write, options: WriteOptions): Write {
  return options.subresource ? { ...write, subresource: options.subresource } : write;
}

/** The API server compares uid and resourceVersion in the body of a patch with what it has. */
function fence(patch: object, by: { uid: string; resourceVersion?: string }): object {
  const metadata = 'metadata' in patch && typeof patch.metadata === 'object' ? patch.metadata : {};
  return { ...patch, metadata: { ...metadata, ...by } };
}
