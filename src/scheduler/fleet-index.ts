/**
 * The fleet, kept by its changes: hosts and machines come, change and go, and a decision looks at the few hosts that can
 * be the best one. It always answers what a scan of the whole fleet would.
 */
import type { Candidate } from './candidate.ts';
import { filterNames, neighbourRejection } from './filters/index.ts';
import { chooseDomainType } from './hypervisor.ts';
import { type Query, queryOf } from './query.ts';
import { groupRejections, nowhereMessage, placedMessage } from './reasons.ts';
import { rejections } from './scan.ts';
import { defaultWeights, Scoring, type Weights } from './scorers/index.ts';
import { type HostClass, HostClasses } from './search/classes.ts';
import { Search } from './search/search.ts';
import { labelKeysOf, Shape, shapeKey } from './search/shape.ts';
import { FleetState, sameLabels } from './state/fleet-state.ts';
import type { HostState } from './state/host-state.ts';
import type { Decision, Fleet, HostView, PlacedMachine, PlacementRequest, Strategy } from './types.ts';

export interface SchedulerOptions {
  /** Those that are left out keep their default. */
  weights?: Partial<Weights> | undefined;
  /** For machines that say nothing. Default: Spread. */
  strategy?: Strategy | undefined;
}

/** Shapes that nobody asked for in a while are worked out anew. */
const MOST_SHAPES = 1024;
/** No uid holds a blank. */
const reservationOf = (uid: string): string => `${uid} reserved`;

export class FleetIndex {
  readonly weights: Weights;
  readonly strategy: Strategy;
  readonly #state = new FleetState();
  readonly #classes = new HostClasses();
  readonly #shapes = new Map<string, Shape>();

  constructor(fleet: Fleet = { hosts: [] }, { weights = {}, strategy = 'Spread' }: SchedulerOptions = {}) {
    this.weights = { ...defaultWeights, ...weights };
    this.strategy = strategy;
    for (const host of fleet.hosts) this.setHost(host);
    for (const machine of fleet.machines ?? []) this.setMachine(machine);
  }

  /** What filters and scorers see: to be read, not to be changed. */
  get state(): FleetState {
    return this.#state;
  }

  /** Adds the host, or takes what changed of it. */
  setHost(view: HostView): void {
    const before = this.#state.hosts.get(view.name);
    if (before !== undefined && this.#classes.isLike(before, view) && sameLabels(before.view, view)) {
      this.#classes.moved(this.#state.setHost(view));
      return;
    }
    if (before !== undefined) this.#classes.remove(before);
    this.#classes.put(this.#state.setHost(view));
  }

  removeHost(name: string): void {
    const before = this.#state.hosts.get(name);
    if (before !== undefined) this.#classes.remove(before);
    this.#state.removeHost(name);
  }

  /** Adds the machine on its host, or takes what changed of it. A machine that moves is there twice, once on each host. */
  setMachine(machine: PlacedMachine): void {
    this.#state.setMachine(machine);
    this.#moved(machine.host);
  }

  removeMachine(uid: string, host: string): void {
    this.#state.removeMachine(uid, host);
    this.#moved(host);
  }

  /** Where the machine would go now. Nothing is taken for it; a machine that is in the index counts as a neighbour of itself. */
  decide(request: PlacementRequest): Decision {
    const { query, scoring, best } = this.#find(request);
    if (best === null) {
      const rejected = groupRejections(rejections(query));
      return { uid: request.uid, rejected, message: nowhereMessage(this.#state.hosts.size, rejected, filterNames) };
    }
    const { host, score } = best;
    const byScorer = scoring.byScorer(host);
    const holds = host.assign(request);
    return {
      uid: request.uid,
      host: host.view.name,
      hostUid: host.view.uid,
      domainType: chooseDomainType(request.hypervisor, host.view.domainTypes) ?? undefined,
      score,
      byScorer,
      ...(holds ? { holds } : {}),
      rejected: [],
      message: placedMessage(host.view.name, score, byScorer),
    };
  }

  /** Decides, and counts the machine on its host from now on. */
  place(request: PlacementRequest): Decision {
    const decision = this.decide(request);
    const { host, holds } = decision;
    if (host !== undefined) this.setMachine({ ...request, host, ...(holds ? { holds } : {}) });
    return decision;
  }

  /**
   * Keeps the room that the machine would be given until the answer is called; undefined when it fits nowhere. It stands in
   * the index as the machine, with all of its rules, but under an id of its own: to give the room back never removes what
   * the machine has by then. Nobody is told why it fits nowhere, which spares a look at every host.
   */
  reserve(request: PlacementRequest): (() => void) | undefined {
    const host = this.#find(request).best?.host;
    if (host === undefined) return undefined;
    const { name } = host.view;
    const holds = host.assign(request);
    const uid = reservationOf(request.uid);
    this.setMachine({ ...request, uid, host: name, ...(holds ? { holds } : {}) });
    return () => this.removeMachine(uid, name);
  }

  #moved(name: string): void {
    const host = this.#state.hosts.get(name);
    if (host !== undefined) this.#classes.moved(host);
  }

  #find(request: PlacementRequest): { query: Query; scoring: Scoring; best: Candidate | null } {
    const shape = this.#shapeOf(request);
    const domains = (key: string): ReadonlySet<string> => shape.domains(key, request, this.#classes);
    const query = queryOf(request, this.#state, domains, this.strategy);
    const scoring = new Scoring(query, this.weights);
    const sees = (key: string): boolean => this.#classes.labels.isNarrow(key);
    const search = new Search(query, scoring, shape.asksEach);
    const few = this.#few(request);
    if (few !== null) {
      for (const host of few) search.consider(host);
      return { query, scoring, best: search.best };
    }
    for (const name of query.named) {
      const host = this.#state.hosts.get(name);
      if (host !== undefined) search.consider(host);
    }
    // The class that promises most first, so that the others can be passed over.
    const open: { one: HostClass; traits: number }[] = [];
    let [most, first] = [Number.NEGATIVE_INFINITY, 0];
    for (const one of shape.classes) {
      const [any] = one.members;
      if (any === undefined || neighbourRejection(query, any, sees) !== null) continue;
      const traits = scoring.bestTraits(any, sees);
      const promise = search.promise(one, traits);
      if (promise > most) [most, first] = [promise, open.length];
      open.push({ one, traits });
    }
    const likeliest = open[first];
    if (likeliest !== undefined) search.consult(likeliest.one, likeliest.traits);
    for (const { one, traits } of open) if (one !== likeliest?.one) search.consult(one, traits);
    return { query, scoring, best: search.best };
  }

  #shapeOf(request: PlacementRequest): Shape {
    const key = shapeKey(request);
    const known = this.#shapes.get(key);
    if (known?.version === this.#classes.version) return known;
    this.#shapes.delete(key);
    this.#classes.learn(
      labelKeysOf(request),
      request.requiredPools.map(({ name }) => name),
    );
    const shape = new Shape(request, this.#classes);
    const [oldest] = this.#shapes.keys();
    if (this.#shapes.size >= MOST_SHAPES && oldest !== undefined) this.#shapes.delete(oldest);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** The only hosts that can do, when the machine names them or a label that few have. */
  #few({ pinnedHosts, selector }: PlacementRequest): Iterable<HostState> | null {
    if (pinnedHosts !== undefined) {
      return new Set(pinnedHosts.flatMap((name) => this.#state.hosts.get(name) ?? []));
    }
    for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
      const hosts = this.#classes.labels.hostsWith(key, value);
      if (hosts !== undefined) return hosts;
    }
    for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
      const lists = operator === 'In' ? values.map((value) => this.#classes.labels.hostsWith(key, value)) : [undefined];
      if (!lists.includes(undefined)) return new Set(lists.flatMap((hosts) => [...(hosts ?? [])]));
    }
    return null;
  }
}
