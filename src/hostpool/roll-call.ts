import type { CallOptions, Connect } from '@virtfleet/libvirt';
import { libvirtCode, orElse } from './errors.ts';

/**
 * Where libvirt is split, networks and pools live in daemons of their own behind the one that we are connected to. When
 * one of them is restarted, nobody tells us: our connection stands, its events have ceased, and every call to it fails
 * for good. So each is asked something trivial now and then, and the first call that finds it gone ends the session. Where
 * libvirt is known to be one daemon, nobody is asked.
 */
export const ROLL_CALL_MS = 10_000;

export async function callRoll(c: Connect, o: CallOptions): Promise<void> {
  await orElse(c.numOfNetworks(o), 0, libvirtCode.NO_SUPPORT);
  await orElse(c.numOfStoragePools(o), 0, libvirtCode.NO_SUPPORT);
}
