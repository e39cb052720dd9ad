/**
 * VirtualMachineQuota: counted here, for people. It is enforced where machines are placed and grow, by what is promised
 * there and not by this count, which is a little behind.
 */
import { isDeepStrictEqual } from 'node:util';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { virtualMachineQuotaKind } from '#api/v1alpha1/virtual-machine-quota.ts';
import { Controller } from '#kube/controller.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { machineIndexes, namespaceIndex } from '../indexes.ts';
import { sizeFrom } from '../size.ts';
import { StatusWriter } from '../write-status.ts';
import { quotaStatus, usedBy } from './status.ts';

export function quotaController(deps: ControllerDeps): Controller {
  const { client, informers, clock, config } = deps;
  const writer = new StatusWriter({
    client,
    kind: virtualMachineQuotaKind,
    informer: informers.quotas,
    clock,
    withoutCounters: ({ used: _used, ...status }) => status,
  });
  const controller = new Controller({
    name: 'quota',
    concurrency: config.reconcileConcurrency,
    reconcile: async (key, right) => {
      const quota = informers.quotas.get(key);
      if (!quota) return undefined;
      const machines = informers.machines
        .byIndex(machineIndexes.namespace, quota.metadata.namespace ?? '')
        .map((machine) => sizeFrom(informers, machine).machine);
      const { againInMs } = await writer.write(right, quota, quotaStatus(quota, usedBy(machines), clock.now()));
      return againInMs === null ? undefined : { requeueAfterMs: againInMs };
    },
  });
  controller.watch(informers.quotas);
  informers.quotas.onChange((type, { metadata }) => {
    if (type === 'deleted') writer.forget(metadata.uid);
  });
  informers.machines.onChange((type, machine, old) => {
    if (type === 'updated' && old && isDeepStrictEqual(counted(old), counted(machine))) return;
    const quotas = informers.quotas.byIndex(namespaceIndex, machine.metadata.namespace ?? '');
    for (const quota of quotas) controller.enqueue(keyOf(quota));
  });
  return controller;
}

/** What of a machine its quota is counted by. */
const counted = ({ spec, status }: VirtualMachine): unknown => [
  status?.host?.uid,
  status?.class,
  status?.cpu?.vcpus,
  status?.memory?.bytes,
  spec.className,
  spec.cpu,
  spec.memory,
];
