/** A StoragePool's whole status from what was seen. Pure. */
import { bytesToShortQuantity } from '#api/quantity.ts';
import type { StoragePool, StoragePoolStatus } from '#api/v1alpha1/storage-pool.ts';
import type { PoolRecord } from '#hostpool/types.ts';
import { mergeConditions, nameSome, type WantedCondition } from '../conditions.ts';
import { poolNameOf } from '../pool-input.ts';
import type { PoolSeen } from './observe.ts';
import type { PoolPlan } from './plan.ts';

type HostStatus = NonNullable<StoragePoolStatus['hosts']>[number];

export function poolStatus(
  object: StoragePool,
  seen: readonly PoolSeen[],
  plan: PoolPlan,
  now: number,
): StoragePoolStatus {
  const relevant = seen.filter(
    ({ isSelected, sighting, name }) => isSelected || sighting.ours || wasThere(object, name),
  );
  const hosts = relevant
    .map((host) => hostStatus(object, host))
    .filter(({ name, state }) => state !== 'Missing' || seen.some((host) => host.name === name && host.isSelected))
    .slice(0, 1000);
  const running = hosts.filter(({ state }) => state === 'Running');
  const { generation } = object.metadata;
  const conditions = judge(object, hosts, plan);
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    hosts,
    hostCount: running.length,
    ...sumUp(object, running),
    conditions: mergeConditions(object.status?.conditions, conditions, generation, now),
  };
}

/** Sizes: a difference in these alone can wait a few seconds. */
export function withoutCounters({
  hosts,
  capacity: _capacity,
  available: _available,
  ...rest
}: StoragePoolStatus): unknown {
  return { ...rest, hosts: hosts?.map(({ name, state, message }) => ({ name, state, message })) };
}

function wasThere(object: StoragePool, host: string): boolean {
  return object.status?.hosts?.some(({ name }) => name === host) ?? false;
}

function hostStatus(object: StoragePool, { name, isUsable, sighting, memory }: PoolSeen): HostStatus {
  const before = object.status?.hosts?.find((host) => host.name === name);
  if (!isUsable) {
    // What it was is kept to be looked at; that it is so now is not claimed.
    return { ...before, name, state: 'Unknown', message: `Host ${name} is out of sight.` };
  }
  const failure = memory.failure ? { message: memory.failure.message } : {};
  const { ours, foreign } = sighting;
  if (ours) return { name, state: ours.active ? 'Running' : 'Inactive', ...sizes(ours), ...failure };
  if (!foreign) return { name, state: 'Missing', ...failure };
  if (object.spec.adoptExisting) {
    return { name, state: foreign.active ? 'Running' : 'Inactive', ...sizes(foreign), ...failure };
  }
  return {
    name,
    state: 'Foreign',
    message: `Host ${name} has a pool named ${poolNameOf(object)} that is not ours. Set spec.adoptExisting to use it as it is, or make a StoragePool with another poolName.`,
  };
}

function sizes(record: PoolRecord): Pick<HostStatus, 'capacityBytes' | 'allocationBytes' | 'availableBytes'> {
  if (!record.active) return {};
  return {
    capacityBytes: Number(record.capacityBytes),
    allocationBytes: Number(record.allocationBytes),
    availableBytes: Number(record.availableBytes),
  };
}

/** A shared store is one store, however many hosts see it. */
function sumUp(object: StoragePool, running: readonly HostStatus[]): Pick<StoragePoolStatus, 'capacity' | 'available'> {
  const counted = object.spec.access === 'Shared' ? running.slice(0, 1) : running;
  if (counted.length === 0) return {};
  const sum = (key: 'capacityBytes' | 'availableBytes'): number =>
    counted.reduce((total, host) => total + (host[key] ?? 0), 0);
  return {
    capacity: bytesToShortQuantity(sum('capacityBytes')),
    available: bytesToShortQuantity(sum('availableBytes')),
  };
}

function judge(object: StoragePool, hosts: readonly HostStatus[], plan: PoolPlan): WantedCondition[] {
  const ready = judgeReady(object, hosts);
  if (plan.kind === 'Blocked') {
    return [ready, reconciling('DeletionBlocked', `Deletion waits: the pool is used by ${nameSome(plan.users)}.`)];
  }
  if (plan.kind === 'AwaitHosts') {
    return [
      ready,
      reconciling('DeletionBlocked', `Deletion waits for hosts that cannot be cleared now: ${nameSome(plan.hosts)}.`),
    ];
  }
  if (plan.kind === 'Unsupported' || ready.reason === 'ForeignPool') {
    return [ready, { ...ready, type: 'Stalled', status: 'True' }];
  }
  return plan.kind === 'Settled' ? [ready] : [ready, reconciling('Working', 'The pool is being brought to its hosts.')];
}

function judgeReady(object: StoragePool, hosts: readonly HostStatus[]): WantedCondition {
  const verdict = (status: WantedCondition['status'], reason: string, message: string): WantedCondition => ({
    type: 'Ready',
    status,
    reason,
    message,
  });
  const inState = (...states: HostStatus['state'][]): HostStatus[] =>
    hosts.filter(({ state }) => states.includes(state));
  const namesOf = (list: readonly HostStatus[]): string => nameSome(list.map(({ name }) => name));
  if (object.metadata.deletionTimestamp) return verdict('False', 'Terminating', 'The pool is being deleted.');
  if (object.spec.type !== 'Dir' && object.spec.type !== 'FS') {
    return verdict('False', 'TypeNotSupported', `Type ${object.spec.type} is not supported yet. Use Dir or FS.`);
  }
  if (hosts.length === 0) {
    return verdict(
      'False',
      'NoHosts',
      'No host is selected: there is none, or none has the labels of spec.hostSelector.',
    );
  }
  const [foreign] = inState('Foreign');
  if (foreign) return verdict('False', 'ForeignPool', foreign.message ?? '');
  const down = inState('Missing', 'Inactive');
  const [first] = down.filter(({ message }) => message !== undefined);
  if (first) return verdict('False', 'HostFailed', `On ${namesOf(down)} the pool is not running. ${first.message}`);
  if (down.length > 0) return verdict('False', 'Starting', `The pool is not running yet on ${namesOf(down)}.`);
  // In a large fleet some host is always away: the pool is ready where it can be seen, and the message says the rest.
  const unknown = inState('Unknown');
  const running = inState('Running');
  const rest = unknown.length > 0 ? ` Out of sight: ${namesOf(unknown)}.` : '';
  if (running.length === 0) return verdict('Unknown', 'HostsOutOfSight', `None of its hosts can be seen.${rest}`);
  return verdict('True', 'Running', `The pool is running on ${namesOf(running)}.${rest}`);
}

function reconciling(reason: string, message: string): WantedCondition {
  return { type: 'Reconciling', status: 'True', reason, message };
}
