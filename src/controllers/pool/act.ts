/** One outward step on each host that needs one; the hosts do not wait for each other. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import { ensurePool, onPool, refreshPoolContents, removePool } from '#hostpool/ensure.ts';
import type { Host as HostEntry } from '#hostpool/types.ts';
import { poolUuid } from '#libvirt/names.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { poolInput } from '../pool-input.ts';
import type { PoolMemories, PoolMemory } from './memory.ts';
import type { PoolObservation } from './observe.ts';
import type { PoolStep } from './plan.ts';

/** What went wrong on a host is remembered there, and tried again later; it does not hold up the other hosts. */
export async function actOnPool(
  deps: ControllerDeps,
  memories: PoolMemories,
  right: Right,
  { object, hosts }: PoolObservation,
  steps: readonly PoolStep[],
): Promise<void> {
  await Promise.all(
    steps.map(async (step) => {
      const seen = hosts.find(({ name }) => name === step.host);
      if (!seen?.entry) return;
      try {
        const learned = await take(deps, right, object, seen.entry, step);
        memories.succeeded(object.metadata.uid, seen.uid, learned);
      } catch (error) {
        if (errorClassOf(error) === 'LeaseLost') throw error;
        tell(deps, object, seen.name, error);
        const what = { message: toMessage(error), generation: object.metadata.generation ?? 0 };
        memories.failed(object.metadata.uid, seen.uid, what, deps.clock.now());
      }
    }),
  );
}

async function take(
  { clock, fleetId }: ControllerDeps,
  right: Right,
  object: StoragePool,
  host: HostEntry,
  step: PoolStep,
): Promise<Partial<PoolMemory>> {
  const ours = poolUuid(fleetId, object.metadata.uid);
  switch (step.kind) {
    case 'Ensure':
      await ensurePool(host, right, poolInput(object, fleetId), {
        build: object.spec.build,
        autostart: object.spec.autostart,
      });
      return { ensuredGeneration: object.metadata.generation ?? 0, refreshedAt: clock.now() };
    case 'StartForeign':
      await host.change(
        'pool.start',
        right,
        onPool(step.uuid, (pool, o) => pool.create(0, o)),
      );
      await host.refreshPool(step.uuid);
      return {};
    case 'Refresh': {
      const uuid = step.uuid === 'ours' ? ours : step.uuid;
      await refreshPoolContents(host, right, uuid);
      return { refreshedAt: clock.now() };
    }
    case 'Undefine':
      await removePool(host, right, ours);
      return { ensuredGeneration: null };
    default:
      return step satisfies never;
  }
}

function tell({ recorder }: ControllerDeps, object: StoragePool, host: string, error: unknown): void {
  recorder.event(object, {
    type: 'Warning',
    reason: 'HostFailed',
    action: 'BringToHost',
    note: `On host ${host}: ${toMessage(error)}`,
  });
}
