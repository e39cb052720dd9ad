/**
 * What is written for one machine, taken from a machine that runs: the user's create and all that the operator sends until
 * the machine runs. Events are written behind, one at a time, so that not all of them are sent by then.
 */
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import type { RigClient } from '../../rig/client.ts';
import { type Fleet, namespace } from '../fleet.ts';
import { copiedKind } from './copied-kind.ts';
import type { RawPlan, RawWrite } from './raw-writes.ts';

export function rawPlan(
  rig: RigClient,
  fleet: Fleet,
  names: string[],
  spec: object,
  workers: number,
): { write: (eventsAMachine: number) => RawPlan; remove: RawPlan } {
  const [machine] = fleet.list();
  if (!machine?.status) throw new Error('no machine runs whose writes could be repeated');
  const { group, version, plural, kind } = copiedKind;
  const objects = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
  const events = `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
  const one = `${objects}/@NAME@`;
  const patch = (path: string, body: object): RawWrite => ({ method: 'PATCH', path, body: JSON.stringify(body) });
  const { conditions, message, printableStatus, ...decision } = machine.status;
  const early = (conditions ?? []).map((condition) => ({ ...condition, status: 'False' as const }));
  const event = (reason: string, share: number): RawWrite => ({
    share,
    method: 'POST',
    path: events,
    body: JSON.stringify({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: `@NAME@.${reason.toLowerCase()}-@TURN@`, namespace },
      eventTime: new Date().toISOString().replace('Z', '000Z'),
      reportingController: 'virtfleet.io/bench',
      reportingInstance: 'bench',
      type: 'Normal',
      reason,
      action: reason,
      note: `a note of the length that it commonly has: ${machine.status?.placement?.message ?? ''}`,
      regarding: { apiVersion: `${virtualMachineKind.group}/${version}`, kind, namespace, name: '@NAME@' },
    }),
  });
  const create = { apiVersion: `${group}/${version}`, kind, metadata: { namespace, name: '@NAME@' }, spec };
  const writes = (events: number): RawWrite[] => [
    { method: 'POST', path: objects, body: JSON.stringify(create) },
    // of the size of the finalizer, without its meaning: nobody is there to take it off again
    patch(one, { metadata: { annotations: { 'bench.virtfleet.io/finalizer': 'true' } } }),
    patch(`${one}/status`, {
      status: { ...decision, printableStatus: 'Provisioning', message: '', conditions: early },
    }),
    event('Scheduled', Math.min(1, events / 2)),
    event('Started', Math.min(1, events / 2)),
    patch(`${one}/status`, { status: { printableStatus, message, conditions } }),
  ];
  const plan = (some: RawWrite[]): RawPlan => ({ kubeconfig: rig.kubeconfig, names, workers, writes: some });
  return {
    write: (eventsAMachine) => plan(writes(eventsAMachine)),
    remove: plan([{ method: 'DELETE', path: one, body: '{}' }]),
  };
}
