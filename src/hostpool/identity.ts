import { CLAIM_NAME } from '#libvirt/claim.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { HostFacts, HostTarget } from './types.ts';

/** Whether that host may be used under that name. Null: it may. */
export function judgeIdentity(target: HostTarget, facts: HostFacts): VirtfleetError | null {
  const { name, expectedHostUUID, fleet } = target;
  if (expectedHostUUID !== undefined && expectedHostUUID.toLowerCase() !== facts.hostUUID.toLowerCase()) {
    return new VirtfleetError(
      'Denied',
      'HostUUIDChanged',
      `Host ${name}: ${target.uri} reaches another machine: its host UUID is ${facts.hostUUID}, expected was ${expectedHostUUID}`,
      {
        host: name,
        mend: 'Correct the URI; if the machine was replaced on purpose, delete the Host and create it anew',
      },
    );
  }
  if (facts.claim.fleet !== null && facts.claim.fleet !== fleet) {
    return new VirtfleetError(
      'Denied',
      'OwnedByOtherFleet',
      `Host ${name} is claimed by fleet ${facts.claim.fleet}, not by ours (${fleet})`,
      {
        host: name,
        mend: `Remove the Host from the other fleet; if that fleet is gone, undefine the network ${CLAIM_NAME} on the host`,
      },
    );
  }
  return null;
}

export function duplicateHost(target: HostTarget, other: string, hostUUID: string): VirtfleetError {
  return new VirtfleetError(
    'Denied',
    'DuplicateHost',
    `Host ${target.name} reaches the same machine (host UUID ${hostUUID}) as Host ${other}`,
    {
      host: target.name,
      mend: 'Delete one of the two; if they are two machines, give each a host_uuid of its own in libvirtd.conf',
    },
  );
}
