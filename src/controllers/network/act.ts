/** One outward step on each host that needs one; the hosts do not wait for each other. */
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import {
  ensureNetwork,
  networkXml,
  removeNetwork,
  removeReservation,
  restartNetwork,
  updateNetwork,
} from '#hostpool/ensure.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import { type NetworkInput, networkChanges } from '#libvirt/network.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { networkInput } from '../network-input.ts';
import type { NetworkObservation } from './observe.ts';
import type { NetworkStep } from './plan.ts';

/** What failed, by host: a message for status. */
export async function actOnNetwork(
  deps: ControllerDeps,
  right: Right,
  seen: NetworkObservation,
  steps: readonly NetworkStep[],
): Promise<Map<string, string>> {
  const { object, hosts } = seen;
  const failures = new Map<string, string>();
  await Promise.all(
    steps.map(async (step) => {
      const entry = hosts.find(({ host }) => host === step.host)?.entry;
      if (!entry) return;
      try {
        await take(deps, right, object, entry, step);
        await entry.refreshNetwork(object.metadata.uid);
      } catch (error) {
        if (errorClassOf(error) === 'LeaseLost') throw error;
        failures.set(step.host, toMessage(error));
        tell(deps, object, step, toMessage(error));
      }
    }),
  );
  return failures;
}

async function take(
  { fleetId, recorder }: ControllerDeps,
  right: Right,
  object: VirtualNetwork,
  host: HostEntry,
  step: NetworkStep,
): Promise<void> {
  const { uid } = object.metadata;
  const input = networkInput(object, fleetId);
  const note = (reason: string, text: string): void =>
    recorder.event(object, { type: 'Normal', reason, action: step.kind, note: text });
  switch (step.kind) {
    case 'Start':
      if (step.asDefined) await restartNetwork(host, right, uid);
      else await ensureNetwork(host, right, input);
      note('Restarted', `The network was down on host ${host.name} and was started.`);
      return;
    case 'Update':
      await ensureNetwork(host, right, input);
      await updateLive(host, right, input);
      note('Updated', `Changes were made live on host ${host.name}.`);
      return;
    case 'Replace':
      await ensureNetwork(host, right, input);
      await restartNetwork(host, right, uid);
      note('Replaced', `The network was restarted on host ${host.name} for changes that cannot be made live.`);
      return;
    case 'RemoveReservation':
      await removeReservation(host, right, uid, { mac: step.mac });
      return;
    case 'Remove':
      await removeNetwork(host, right, uid);
      return;
    default:
      return step satisfies never;
  }
}

/** What a crash between definition and update left undone: the definition is new, what runs is not. */
async function updateLive(host: HostEntry, right: Right, input: NetworkInput): Promise<void> {
  const live = await networkXml(host, input.uuid, { inactive: false });
  for (const change of live === null ? [] : networkChanges(input, live)) {
    if (change.type === 'Update') await updateNetwork(host, right, input.uuid, change, { live: true, config: false });
  }
}

function tell({ recorder }: ControllerDeps, object: VirtualNetwork, step: NetworkStep, message: string): void {
  recorder.event(object, {
    type: 'Warning',
    reason: 'HostFailed',
    action: step.kind,
    note: `On host ${step.host}: ${message}`,
  });
}
