import { isDeepStrictEqual } from 'node:util';
import { KubeClient } from '#kube/client.ts';
import { Controller } from '#kube/controller.ts';
import { Informer } from '#kube/informer.ts';
import { slim } from '#kube/reflector.ts';
import { type ConfigMap, configMapKind } from '#kube/testing.ts';
import { Transport } from '#kube/transport.ts';
import { keyOf } from '#kube/types.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import type { TestApiServer } from '../api/apiserver.ts';
import { makeConfigMap, makeNamespace } from './objects.ts';
import { StormProxy } from './storm-proxy.ts';
import { until } from './until.ts';

/** Names in play: few enough that objects are changed and made anew often, enough for several pages. */
const NAMES = 60;
const PAGE = 17;
const LANES = 6;

interface Told {
  versions: bigint[];
  isDeleted: boolean;
}

export interface StormReport {
  /** What is wrong: empty when all is well. */
  wrong: string[];
  steps: number;
  made: number;
  told: number;
  lists: number;
  listsAllowed: number;
  watches: number;
  reconciles: number;
  misfortunes: Record<string, number>;
}

/**
 * Makes, changes and deletes objects, `steps` times, while an informer and a controller follow them over a bad road; then
 * the road becomes good, and what they know is compared with the truth.
 */
export async function runStorm(
  server: TestApiServer,
  namespace: string,
  steps: number,
  random: () => number,
): Promise<StormReport> {
  const direct = await KubeClient.connect({ kubeconfig: server.kubeconfig });
  const proxy = await StormProxy.open(server, random);
  const client = new KubeClient(new Transport(proxy.cluster));
  const end = new AbortController();
  const follower = new Follower(client, namespace, random);
  try {
    await makeNamespace(direct, namespace);
    follower.start(end.signal);
    const truth = await writeSteps(direct, namespace, steps, random, follower);
    proxy.isStormy = false;
    // One more of each, so that there is news after the storm.
    const last = await makeConfigMap(direct, namespace, 'last');
    truth.alive.set(last.metadata.uid, last.metadata.resourceVersion);
    await until('the last one is seen', () => follower.informer.get(`${namespace}/last`) !== undefined, 60_000);
    const fresh = await direct.listAll(configMapKind, { namespace });
    await until('the cache equals a fresh list', () => follower.differences(fresh).length === 0, 30_000).catch(
      () => {},
    );
    await until('the queue is empty', () => follower.unreached(fresh).length === 0, 60_000).catch(() => {});
    // A list may begin anew after each 410, after each watch that could not be opened or fell silent, and after each list that broke off.
    const listsAllowed =
      1 +
      proxy.count(
        'server410',
        'page410',
        'watch410',
        'news410',
        'watchRefused',
        'watchUnanswered',
        'watch500',
        'newsSilent',
      ) +
      proxy.count('listRefused', 'listUnanswered', 'list429', 'list500', 'listCutInside');
    const wrong = [
      ...follower.differences(fresh),
      ...follower.unreached(fresh),
      ...follower.untold(truth),
      ...follower.wrong,
      ...(proxy.lists > listsAllowed ? [`${proxy.lists} lists were begun, ${listsAllowed} had a reason`] : []),
    ];
    return {
      wrong,
      steps,
      made: truth.alive.size + truth.deleted.size,
      told: follower.told.size,
      lists: proxy.lists,
      listsAllowed,
      watches: proxy.watches,
      reconciles: follower.reconciles,
      misfortunes: Object.fromEntries([...proxy.misfortunes].sort()),
    };
  } finally {
    end.abort();
    await follower.stop();
    await Promise.all([client.close(), direct.close()]);
    await proxy.close();
  }
}

/** Last versions by uid, as the answers of the writes say. */
interface Truth {
  alive: Map<string, string>;
  deleted: Set<string>;
}

async function writeSteps(
  direct: KubeClient,
  namespace: string,
  steps: number,
  random: () => number,
  follower: Follower,
): Promise<Truth> {
  const truth: Truth = { alive: new Map(), deleted: new Set() };
  let left = steps;
  const lane = async (first: number): Promise<void> => {
    const mine = new Map<string, ConfigMap>();
    while (left-- > 0) {
      const name = `cm-${first + LANES * Math.floor(random() * (NAMES / LANES))}`;
      const base = mine.get(name);
      if (base === undefined) {
        const made = await makeConfigMap(direct, namespace, name, { step: String(left) });
        mine.set(name, made);
        truth.alive.set(made.metadata.uid, made.metadata.resourceVersion);
        if (random() < 0.2) follower.learn(made, '');
      } else if (random() < 0.15) {
        const { uid } = base.metadata;
        await direct.delete(unrestricted, configMapKind, { namespace, name, uid });
        mine.delete(name);
        truth.alive.delete(uid);
        truth.deleted.add(uid);
      } else {
        const patch = { data: { step: String(left) } };
        const changed = await direct.patchFenced<ConfigMap>(unrestricted, configMapKind, base, patch);
        mine.set(name, changed);
        truth.alive.set(changed.metadata.uid, changed.metadata.resourceVersion);
        if (random() < 0.2) follower.learn(changed, base.metadata.resourceVersion);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, n) => lane(n)));
  return truth;
}

class Follower {
  readonly informer: Informer<ConfigMap>;
  readonly told = new Map<string, Told>();
  readonly wrong: string[] = [];
  reconciles = 0;
  readonly #controller: Controller;
  /** What each key's last reconcile that went well has seen: a version, or nothing. */
  readonly #reached = new Map<string, string | undefined>();
  readonly #working = new Set<string>();

  constructor(client: KubeClient, namespace: string, random: () => number) {
    this.informer = new Informer(client, configMapKind, {
      namespaces: [namespace],
      pageSize: PAGE,
      watchSeconds: 2,
      idleMs: 700,
      backoffBaseMs: 10,
      backoffMaxMs: 100,
    });
    this.informer.addIndex('step', (object) => [object.data?.step ?? '']);
    this.informer.onChange((type, object) => this.#hear(type, object));
    this.#controller = new Controller({
      name: `storm-${namespace}`,
      concurrency: 4,
      rateLimits: { baseMs: 5, maxMs: 50, perSecond: 1_000, burst: 1_000, random },
      reconcile: (key) => this.#reconcile(key, random),
    });
    this.#controller.watch(this.informer);
  }

  start(signal: AbortSignal): void {
    this.informer.start(signal);
    this.#controller.start(unrestricted);
  }

  async stop(): Promise<void> {
    await Promise.all([this.informer.stopped(), this.#controller.stop()]);
  }

  /** What a controller does with the answer of its own write. */
  learn(object: ConfigMap, basedOn: string): void {
    this.informer.learn(structuredClone(object), basedOn);
  }

  differences(fresh: readonly ConfigMap[]): string[] {
    const wanted = new Map(fresh.map((object) => [keyOf(object), slim(object)]));
    const wrong = this.informer
      .list()
      .filter((object) => !isDeepStrictEqual(wanted.get(keyOf(object)), object))
      .map((object) => `the cache shows ${keyOf(object)} in another form than the server`);
    for (const key of wanted.keys()) {
      const cached = this.informer.get(key);
      if (cached === undefined) wrong.push(`the cache has no ${key}`);
      else if (!this.informer.byIndex('step', cached.data?.step ?? '').includes(cached)) {
        wrong.push(`the index does not lead to ${key}`);
      }
    }
    return wrong;
  }

  /** Keys whose reconcile did not see the last version. */
  unreached(fresh: readonly ConfigMap[]): string[] {
    const wanted = new Map(fresh.map((object) => [keyOf(object), object.metadata.resourceVersion]));
    const keys = new Set<string>([...wanted.keys(), ...this.#reached.keys()]);
    return [...keys]
      .filter((key) => this.#reached.get(key) !== wanted.get(key))
      .map((key) => `${key} was reconciled at ${this.#reached.get(key)}, and is at ${wanted.get(key)}`);
  }

  /** Objects whose last version, or whose end, no handler was told of. */
  untold(truth: Truth): string[] {
    const wrong: string[] = [];
    for (const [uid, version] of truth.alive) {
      const told = this.told.get(uid);
      if (told?.isDeleted) wrong.push(`${uid} was told to be deleted, and is there`);
      else if (told?.versions.at(-1) !== BigInt(version)) wrong.push(`version ${version} of ${uid} was not told`);
    }
    for (const [uid, told] of this.told) {
      if (truth.deleted.has(uid) && !told.isDeleted) wrong.push(`the end of ${uid} was not told`);
    }
    return wrong;
  }

  #hear(type: 'added' | 'updated' | 'deleted', object: ConfigMap): void {
    const { uid, name } = object.metadata;
    const version = BigInt(object.metadata.resourceVersion);
    const before = this.told.get(uid);
    if (type === 'added' && before) this.wrong.push(`${name} (${uid}) was told twice to be new`);
    if (type !== 'added' && !before) this.wrong.push(`${name} (${uid}) was ${type} before it was there`);
    if (before?.isDeleted) this.wrong.push(`${name} (${uid}) was ${type} after its end`);
    const last = before?.versions.at(-1);
    if (last !== undefined && version < last) this.wrong.push(`${name} (${uid}) went back from ${last} to ${version}`);
    if (type === 'updated' && version === last) this.wrong.push(`version ${version} of ${name} was told twice`);
    this.told.set(uid, { versions: [...(before?.versions ?? []), version], isDeleted: type === 'deleted' });
  }

  async #reconcile(key: string, random: () => number): Promise<void> {
    if (this.#working.has(key)) this.wrong.push(`${key} was worked on twice at once`);
    this.#working.add(key);
    try {
      this.reconciles += 1;
      const version = this.informer.get(key)?.metadata.resourceVersion;
      await new Promise((resolve) => setImmediate(resolve));
      if (random() < 0.1) throw new VirtfleetError('Transient', 'Storm', `${key} failed for once`);
      if (random() < 0.05) throw new VirtfleetError('Conflict', 'Storm', `${key} was changed meanwhile`);
      this.#reached.set(key, version);
    } finally {
      this.#working.delete(key);
    }
  }
}
