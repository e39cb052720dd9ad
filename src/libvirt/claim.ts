/**
 * A fleet's claim on a host: an inactive libvirt network of one name, whose UUID comes from the fleet. Measured: libvirt
 * keeps its metadata, and refuses a define of that name under another UUID, so that of two fleets one wins.
 */
import { claimUuid } from './names.ts';
import { findInMetadata, STAMP_NS, STAMP_PREFIX } from './stamp.ts';
import { attr } from './tree.ts';
import { type Element, el, parseXml, printXml } from './xml.ts';

export const CLAIM_NAME = 'virtfleet-claim';
/** Never started; named, so that libvirt does not reserve one of its own bridge names for it. */
const CLAIM_BRIDGE = 'vfclaim';

/** Define it with VALIDATE. */
export function renderClaim(fleet: string): string {
  return printXml(
    el('network', {}, [
      el('name', {}, [CLAIM_NAME]),
      el('uuid', {}, [claimUuid(fleet)]),
      el('metadata', {}, [el(`${STAMP_PREFIX}:claim`, { [`xmlns:${STAMP_PREFIX}`]: STAMP_NS, fleet })]),
      el('bridge', { name: CLAIM_BRIDGE, stp: 'off', delay: 0 }),
      el('dns', { enable: 'no' }),
    ]),
  );
}

/** The fleet that a network of name CLAIM_NAME stands for; null when it says none. */
export function readClaim(xml: string): string | null {
  return readClaimOf(parseXml(xml));
}

export function readClaimOf(root: Element): string | null {
  return attr(findInMetadata(root, 'claim'), 'fleet') ?? null;
}
