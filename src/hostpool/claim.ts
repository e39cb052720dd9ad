import { VIR_NETWORK_DEFINE_VALIDATE } from '@virtfleet/libvirt';
import { CLAIM_NAME, renderClaim } from '#libvirt/claim.ts';
import { claimUuid } from '#libvirt/names.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { orNull } from './errors.ts';
import type { Host } from './types.ts';

function ownedByOther(host: Host, fleet: string | null, cause?: unknown): VirtfleetError {
  return new VirtfleetError(
    'Denied',
    'OwnedByOtherFleet',
    `Host ${host.name} is claimed by fleet ${fleet ?? 'unknown'}`,
    {
      host: host.name,
      mend: `Remove the Host from the other fleet; if that fleet is gone, undefine the network ${CLAIM_NAME} on the host`,
      cause,
    },
  );
}

/**
 * Makes the host ours: an inactive network whose UUID comes from the fleet. libvirt refuses the name under another UUID,
 * so of two fleets that claim at once one wins. Rejects with Denied, reason OwnedByOtherFleet.
 */
export async function ensureClaim(host: Host, right: Right, fleet: string): Promise<'unchanged' | 'changed'> {
  const before = await host.refreshFacts();
  if (before.claim.fleet === fleet) return 'unchanged';
  if (before.claim.fleet !== null) throw ownedByOther(host, before.claim.fleet);
  try {
    await host.change('claim.define', right, (c, o) =>
      c.networkDefineXMLFlags(renderClaim(fleet), VIR_NETWORK_DEFINE_VALIDATE, o),
    );
  } catch (error) {
    const now = await host.refreshFacts();
    if (now.claim.fleet !== null && now.claim.fleet !== fleet) throw ownedByOther(host, now.claim.fleet, error);
    if (now.claim.fleet === null) throw error;
  }
  const after = await host.refreshFacts();
  if (after.claim.fleet !== fleet) throw ownedByOther(host, after.claim.fleet);
  return 'changed';
}

/** Takes our claim away; somebody else's stays. */
export async function releaseClaim(host: Host, right: Right, fleet: string): Promise<'unchanged' | 'changed'> {
  const uuid = claimUuid(fleet);
  const present = await orNull(host.read('network.lookup', (c, o) => c.networkLookupByUUIDString(uuid, o)));
  if (present === null) return 'unchanged';
  await orNull(
    host.change('claim.undefine', right, async (c, o) => (await c.networkLookupByUUIDString(uuid, o)).undefine(o)),
  );
  return 'changed';
}
