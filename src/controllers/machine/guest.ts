/** What the guest says of itself: asked through its agent, merged with what we reserved. */
import type { InterfaceStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import { guestInfo, interfaceAddresses } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { errorClassOf } from '#platform/errors.ts';
import type { GuestFacts, MachineMemory } from './memory.ts';

/** One round of questions; a guest without an agent, or one that does not answer, leaves what was known. */
export async function askGuest(
  host: Host,
  uuid: string,
  memory: MachineMemory,
  runGeneration: number,
  now: number,
): Promise<void> {
  memory.guestPolls += 1;
  memory.guestPolledAt = now;
  try {
    const [info, interfaces] = [await guestInfo(host, uuid), await interfaceAddresses(host, uuid, 'Agent')];
    const addresses: GuestFacts['addresses'] = new Map();
    for (const nic of interfaces) {
      if (!nic.mac) continue;
      addresses.set(
        nic.mac.toLowerCase(),
        nic.addresses.map((a) => ({ address: a.address, prefix: a.prefix, source: 'Agent' as const })),
      );
    }
    memory.guest = { runGeneration, ...info, addresses };
    memory.agentConnected = true;
  } catch (error) {
    if (errorClassOf(error) === 'LeaseLost') throw error;
    memory.agentConnected = false;
  }
}

/** The reserved address first, then what the guest has besides; link-local ones tell nobody anything. */
export function interfacesOf(recorded: InterfaceStatus[], guest: GuestFacts | null): InterfaceStatus[] {
  return recorded.map((nic) => {
    const reserved = (nic.addresses ?? []).filter((a) => a.source === 'Reserved');
    const learned = (guest?.addresses.get(nic.mac.toLowerCase()) ?? []).filter(
      (a) => !isLinkLocal(a.address) && !reserved.some((r) => r.address === a.address),
    );
    return { ...nic, addresses: [...reserved, ...learned] };
  });
}

const isLinkLocal = (address: string): boolean => /^(fe80:|169\.254\.|127\.|::1$)/i.test(address);
