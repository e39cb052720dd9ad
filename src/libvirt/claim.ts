/** A fleet's claim on a host: an inactive libvirt network of one name, whose UUID comes from the fleet. */

export const CLAIM_NAME = 'virtfleet-claim';

/** Define it with VALIDATE; libvirt refuses the name under another UUID, so that claiming is atomic. */
export function renderClaim(fleet: string): string {
  throw new Error(fleet);
}

/** The fleet that a network of name CLAIM_NAME stands for; null when it says none. */
export function readClaim(xml: string): string | null {
  throw new Error(xml);
}
