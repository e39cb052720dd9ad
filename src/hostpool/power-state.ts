import { VIR_DOMAIN_CRASHED, VIR_DOMAIN_NOSTATE, VIR_DOMAIN_SHUTOFF } from '@virtfleet/libvirt';
import type { DomainRecord } from './types.ts';

/** Whether something of it executes or could be resumed: all but shut off, crashed and unknown to the driver. */
export function isActiveState({ state }: Pick<DomainRecord, 'state'>): boolean {
  return state !== VIR_DOMAIN_SHUTOFF && state !== VIR_DOMAIN_CRASHED && state !== VIR_DOMAIN_NOSTATE;
}
