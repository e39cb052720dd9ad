/** A machine's memory on its host's disk: libvirt's managed save, which the next start restores and removes. */
import type { Right } from '#platform/right.ts';
import { onDomain } from './domains.ts';
import { isActiveState } from './power-state.ts';
import type { Host } from './types.ts';

/** What there is of a domain that was to be saved. */
export type Saved = 'Saved' | 'NotSaved';

/**
 * Writes the memory of a running (or paused) domain and turns it off; for large ones it takes minutes, on a connection of
 * its own. A domain that is off already is looked at only. Safe to repeat: where a save is under way already libvirt
 * refuses the second one, and carries on with the first. When it cannot be written the domain goes on as it was.
 */
export async function saveDomain(host: Host, right: Right, uuid: string): Promise<Saved> {
  const before = await host.refreshDomain(uuid);
  if (before === null || !isActiveState(before)) return isSaved(host, uuid);
  try {
    await host.dedicated(
      'domain.save',
      right,
      (c, o) => onDomain(uuid, (domain, opts) => domain.managedSave(0, opts))(c, o),
      { changes: true },
    );
  } catch (error) {
    const now = await host.refreshDomain(uuid);
    if (now === null || isActiveState(now)) throw error;
    return isSaved(host, uuid);
  }
  await host.refreshDomain(uuid);
  return 'Saved';
}

async function isSaved(host: Host, uuid: string): Promise<Saved> {
  const has = await host.read(
    'domain.saved',
    onDomain(uuid, (domain, o) => domain.hasManagedSaveImage(0, o)),
  );
  return has ? 'Saved' : 'NotSaved';
}
