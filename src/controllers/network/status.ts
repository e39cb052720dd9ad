/** A VirtualNetwork's whole status from what was seen. Pure. */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork, VirtualNetworkStatus } from '#api/v1alpha1/virtual-network.ts';
import { bridgeName, gatewayMac } from '#libvirt/names.ts';
import { mergeConditions, nameSome, type WantedCondition } from '../conditions.ts';
import { addressesIn, gatewayOf } from '../ipv4-range.ts';
import { isThere, type NetworkObservation, type NetworkSeen } from './observe.ts';
import type { NetworkPlan } from './plan.ts';

/** A host has no more machines than that. */
const MOST_CUT_OFF = 1000;

type HostStatus = NonNullable<VirtualNetworkStatus['hosts']>[number];

export interface NetworkStatusInput {
  seen: NetworkObservation;
  plan: NetworkPlan;
  /** What failed in this reconcile, by host. */
  failures: ReadonlyMap<string, string>;
  now: number;
}

export function networkStatus({ seen, plan, failures, now }: NetworkStatusInput): VirtualNetworkStatus {
  const { object } = seen;
  const { generation, uid } = object.metadata;
  const { ipv4 } = object.spec;
  const hosts = seen.hosts
    .filter(isThere)
    .map((host) => hostStatus(object, host, failures.get(host.host)))
    .slice(0, 1000);
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    bridge: bridgeName(uid),
    gateway: { ...(ipv4 ? { address: gatewayOf(ipv4.cidr).gateway } : {}), mac: gatewayMac(uid) },
    hosts,
    hostCount: hosts.filter(({ active }) => active).length,
    ...(ipv4
      ? { addresses: { total: addressesIn(ipv4), allocated: allocatedIn(object, seen.machines) + seen.graveAddresses } }
      : {}),
    conditions: mergeConditions(object.status?.conditions, judge(seen, plan, hosts), generation, now),
  };
}

/** Counts: a difference in these alone can wait a few seconds. */
export function withoutCounters({ addresses: _addresses, hosts, ...rest }: VirtualNetworkStatus): unknown {
  return { ...rest, hosts: hosts?.map(({ machines: _machines, ...host }) => host) };
}

function hostStatus(object: VirtualNetwork, seen: NetworkSeen, failure: string | undefined): HostStatus {
  const before = object.status?.hosts?.find(({ name }) => name === seen.host);
  const machines = seen.machines.length;
  const cutOff = seen.cutOff.length > 0 ? { cutOff: seen.cutOff.slice(0, MOST_CUT_OFF) } : {};
  if (!seen.inSight) {
    // Whether it is active there is unknown, so it is not said.
    return {
      name: seen.host,
      machines,
      ...(before?.bridge ? { bridge: before.bridge } : {}),
      ...cutOff,
      message: `Host ${seen.host} is out of sight.`,
    };
  }
  const message = failure ?? seen.failure;
  const bridge = seen.bridge ?? before?.bridge;
  return {
    name: seen.host,
    active: seen.active,
    machines,
    ...(bridge ? { bridge } : {}),
    ...cutOff,
    ...(seen.document?.restart ? { restartRequired: seen.document.restart.message } : {}),
    ...(message ? { message } : {}),
  };
}

/** Addresses that machines hold in this network. */
function allocatedIn({ metadata }: VirtualNetwork, machines: readonly VirtualMachine[]): number {
  return machines
    .flatMap(({ status }) => status?.interfaces ?? [])
    .filter(({ networkName }) => networkName === metadata.name)
    .flatMap(({ addresses }) => addresses ?? [])
    .filter(({ source }) => source === 'Reserved').length;
}

function judge(seen: NetworkObservation, plan: NetworkPlan, hosts: readonly HostStatus[]): WantedCondition[] {
  const conditions = [judgeReady(seen, hosts), judgeSegments(hosts), judgeRestart(seen)];
  if (seen.outOfRange.length > 0) {
    conditions.push({
      type: 'RangeInUse',
      status: 'True',
      reason: 'RangeInUse',
      message: `spec.ipv4.cidr was changed to ${seen.object.spec.ipv4?.cidr}, and these machines have addresses of another range: ${nameSome(seen.outOfRange)}. Nothing is changed on their hosts. Set the old range again, or delete the machines first.`,
    });
  }
  const cutOff = hosts.filter((host) => (host.cutOff ?? []).length > 0);
  if (cutOff.length > 0) {
    conditions.push({
      type: 'Interrupted',
      status: 'True',
      reason: 'MachinesCutOff',
      message: `It was stopped on ${nameSome(cutOff.map(({ name }) => name))} while machines ran, and these are not connected to it: ${nameSome(cutOff.flatMap((host) => host.cutOff ?? []))}. Restart libvirtd there (which stops no machine), or the machines.`,
    });
  }
  const waiting = judgeProgress(plan);
  return waiting ? [...conditions, waiting] : conditions;
}

function judgeReady(seen: NetworkObservation, hosts: readonly HostStatus[]): WantedCondition {
  const verdict = (status: WantedCondition['status'], reason: string, message: string): WantedCondition => ({
    type: 'Ready',
    status,
    reason,
    message,
  });
  if (seen.object.metadata.deletionTimestamp) return verdict('False', 'Terminating', 'The network is being deleted.');
  if (seen.outOfRange.length > 0) {
    return verdict('False', 'RangeInUse', 'The new range is not applied while machines have addresses of the old one.');
  }
  // A host that has machines of it and no network yet: the machine's controller is about to bring it there.
  const failed = hosts.find(({ active, message }) => active === false && message !== undefined);
  if (failed) return verdict('False', 'HostFailed', `On host ${failed.name}: ${failed.message}`);
  const down = hosts.filter(({ active }) => active === false).map(({ name }) => name);
  if (down.length > 0) return verdict('False', 'Starting', `The network is not running yet on ${nameSome(down)}.`);
  if (hosts.length === 0) {
    return verdict('True', 'NotInUse', 'No machine uses the network; it is brought to a host with the first one.');
  }
  // What is out of sight is not claimed to be well; it does not make the rest unready either.
  const running = hosts.filter(({ active }) => active).map(({ name }) => name);
  const unknown = hosts.filter(({ active }) => active === undefined).map(({ name }) => name);
  const rest = unknown.length > 0 ? ` Out of sight: ${nameSome(unknown)}.` : '';
  if (running.length === 0) return verdict('Unknown', 'HostsOutOfSight', `None of its hosts can be seen.${rest}`);
  return verdict('True', 'Running', `The network is running on ${nameSome(running)}.${rest}`);
}

/** Plainly: a libvirt network of mode NAT or Isolated is a segment a host. */
function judgeSegments(hosts: readonly HostStatus[]): WantedCondition {
  const names = hosts.filter(({ machines }) => (machines ?? 0) > 0).map(({ name }) => name);
  return names.length > 1
    ? {
        type: 'PerHostSegments',
        status: 'True',
        reason: 'SeveralHosts',
        message: `Machines are on ${names.length} hosts (${nameSome(names)}). Each host is a segment of its own: machines on different hosts do not see each other in this network.`,
      }
    : {
        type: 'PerHostSegments',
        status: 'False',
        reason: 'OneHost',
        message: 'All machines of this network are on one host and see each other.',
      };
}

function judgeRestart({ hosts }: NetworkObservation): WantedCondition {
  const waiting = hosts.filter(({ document }) => document?.restart);
  const first = waiting[0];
  if (!first?.document?.restart) {
    return {
      type: 'RestartRequired',
      status: 'False',
      reason: 'UpToDate',
      message: 'The network is on its hosts as the spec says.',
    };
  }
  const holding = [...new Set(waiting.flatMap(({ running }) => running))];
  return {
    type: 'RestartRequired',
    status: 'True',
    reason: 'MachinesRunning',
    message: `${asSentence(first.document.restart.message)} On ${nameSome(waiting.map(({ host }) => host))} this waits until ${holding.length > 0 ? `these machines are off: ${nameSome(holding)}` : 'nothing of ours runs there'}.`,
  };
}

/** The first letter large, a full stop at the end. */
function asSentence(text: string): string {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function judgeProgress(plan: NetworkPlan): WantedCondition | null {
  const reconciling = (reason: string, message: string): WantedCondition => ({
    type: 'Reconciling',
    status: 'True',
    reason,
    message,
  });
  switch (plan.kind) {
    case 'Blocked':
      return reconciling('DeletionBlocked', `Deletion waits: machines use the network: ${nameSome(plan.users)}.`);
    case 'AwaitHosts':
      return reconciling(
        'DeletionBlocked',
        `Deletion waits for hosts where the network is and that cannot be cleared now: ${nameSome(plan.hosts)}.`,
      );
    case 'Act':
      return reconciling('Working', 'The network is being changed on its hosts.');
    case 'Settled':
    case 'RemoveFinalizer':
      return null;
    default:
      return plan satisfies never;
  }
}
