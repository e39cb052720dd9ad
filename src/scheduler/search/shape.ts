/** What of a machine decides which classes of hosts it may go to: worked out once for all machines that are alike in it. */
import { fixedRejection } from '../filters/index.ts';
import { domainOf } from '../neighbours/domain.ts';
import { poolOf } from '../state/host-state.ts';
import type { LabelSelector, PlacementRequest } from '../types.ts';
import type { HostClass, HostClasses } from './classes.ts';

export class Shape {
  readonly classes: readonly HostClass[];
  /** Some of what it asks for a class cannot tell: each host must be asked. */
  readonly asksEach: boolean;
  readonly version: number;
  readonly #domains = new Map<string, { at: number; names: ReadonlySet<string> }>();

  constructor(request: PlacementRequest, classes: HostClasses) {
    const sees = (key: string): boolean => classes.labels.isNarrow(key);
    const coarse = seenBy(request, sees);
    const asksLabels = [request.selector, ...request.requiredNetworks.map(({ hostSelector }) => hostSelector)]
      .flatMap(keysOf)
      .some((key) => !sees(key));
    this.asksEach = asksLabels || request.avoidedHosts !== undefined;
    const pools = request.requiredPools.map(({ name }) => name).filter((name) => classes.knowsPool(name));
    this.version = classes.version;
    this.classes = [...classes.values()].filter(({ members }) => {
      const [one] = members;
      if (one === undefined || fixedRejection(coarse, one.view) !== null) return false;
      return pools.every((name) => poolOf(one.view, name) !== undefined);
    });
  }

  /** Domains of the hosts that pass the fixed filters, found once for each state of the fleet's hosts. */
  domains(topologyKey: string, request: PlacementRequest, classes: HostClasses): ReadonlySet<string> {
    const known = this.#domains.get(topologyKey);
    if (known?.at === classes.changes) return known.names;
    const names = new Set<string>();
    for (const { members } of classes.values()) {
      for (const { view } of members) {
        const domain = domainOf(view, topologyKey);
        if (domain !== undefined && !names.has(domain) && fixedRejection(request, view) === null) names.add(domain);
      }
    }
    this.#domains.set(topologyKey, { at: classes.changes, names });
    return names;
  }
}

/** All that fixed filters look at, and the labels by which neighbours are near, as one text. */
export function shapeKey(request: PlacementRequest): string {
  const { arch, hypervisor, machineType, firmware, cpuModel, cpuFeatures, selector, tolerations } = request;
  const { requiredNetworks, requiredPools, devices, pinnedHosts, avoidedHosts } = request;
  return JSON.stringify([
    [arch, hypervisor, machineType, firmware, cpuModel, cpuFeatures, selector, tolerations],
    [
      requiredNetworks,
      requiredPools.map(({ name }) => name),
      devices && Object.keys(devices),
      pinnedHosts,
      avoidedHosts,
    ],
    topologyKeysOf(request),
  ]);
}

/** Labels of hosts that the machine asks for. */
export function labelKeysOf(request: PlacementRequest): string[] {
  return [
    ...keysOf(request.selector),
    ...request.requiredNetworks.flatMap(({ hostSelector }) => keysOf(hostSelector)),
    ...topologyKeysOf(request),
  ];
}

function topologyKeysOf({ spread, affinity, antiAffinity }: PlacementRequest): string[] {
  if (spread === undefined && affinity === undefined && antiAffinity === undefined) return [];
  const terms = [affinity, antiAffinity].flatMap((side) => [
    ...(side?.required ?? []),
    ...(side?.preferred ?? []).map(({ term }) => term),
  ]);
  return [...(spread ?? []), ...terms].map(({ topologyKey }) => topologyKey);
}

function keysOf(selector: LabelSelector | undefined): string[] {
  if (selector === undefined) return [];
  return [...Object.keys(selector.matchLabels ?? {}), ...(selector.matchExpressions ?? []).map(({ key }) => key)];
}

/** The request without what classes do not tell. */
function seenBy(request: PlacementRequest, sees: (key: string) => boolean): PlacementRequest {
  const seen = (selector: LabelSelector | undefined): LabelSelector | undefined =>
    selector && {
      matchLabels: Object.fromEntries(Object.entries(selector.matchLabels ?? {}).filter(([key]) => sees(key))),
      matchExpressions: (selector.matchExpressions ?? []).filter(({ key }) => sees(key)),
    };
  return {
    ...request,
    pinnedHosts: undefined,
    avoidedHosts: undefined,
    selector: seen(request.selector),
    requiredNetworks: request.requiredNetworks.map(({ name, hostSelector }) => ({
      name,
      hostSelector: seen(hostSelector),
    })),
  };
}
