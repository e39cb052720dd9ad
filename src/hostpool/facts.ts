import type { CallOptions, Connect } from '@virtfleet/libvirt';
import { v5 as uuidv5 } from 'uuid';
import { readCapabilities, readDomainCapabilities } from '#libvirt/capabilities.ts';
import { CLAIM_NAME, readClaim } from '#libvirt/claim.ts';
import { claimUuid } from '#libvirt/names.ts';
import type { HostUri } from '#libvirt/uri.ts';
import { bootMarkOf } from './boot-mark.ts';
import { libvirtCode, orElse } from './errors.ts';
import type { HostFacts, HostTarget } from './types.ts';

/** Identities of hosts that have none of their own are derived below this. Never changes: Hosts pin them. */
const SIMULATED_HOSTS = '8a5f5dc4-25f1-5f7f-9c3d-3a9c8d2f6e10';
const { NO_SUPPORT, NO_NETWORK } = libvirtCode;

/** 9000000 → 9.0.0 */
export function versionText(version: number): string {
  return `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1_000) % 1_000}.${version % 1_000}`;
}

/** All that is asked of a host at first contact, and again with each full listing. */
export async function readFacts(c: Connect, o: CallOptions, uri: HostUri, target: HostTarget): Promise<HostFacts> {
  // all at once: over a long road each answer takes its time
  const [hostname, hypervisorType, node, capabilitiesXml, domainXml, libvirt, version, bootMark, fleet, free] =
    await Promise.all([
      c.getHostname(o),
      c.getType(o),
      c.nodeGetInfo(o),
      c.getCapabilities(o),
      orElse(c.getDomainCapabilities(null, null, null, null, 0, o), null, NO_SUPPORT),
      c.getLibVersion(o),
      c.getVersion(o),
      bootMarkOf(c, o),
      readClaimedBy(c, o, target.fleet),
      orElse(c.nodeGetFreeMemory(o), 0n, NO_SUPPORT),
    ]);
  const capabilities = readCapabilities(capabilitiesXml);
  return {
    hostUUID: capabilities.host.uuid ?? simulatedUuid(hypervisorType, hostname, uri),
    hostname,
    libvirtVersion: versionText(libvirt),
    hypervisorVersion: versionText(version),
    hypervisorType,
    capabilities,
    domainCapabilities: domainXml === null ? null : readDomainCapabilities(domainXml),
    bootMark,
    claim: { fleet },
    cpu: {
      model: node.model,
      mhz: node.mhz,
      numaNodes: node.nodes,
      sockets: node.sockets,
      cores: node.cores,
      threads: node.threads,
    },
    cpus: node.cpus,
    memoryBytes: BigInt(node.memory) * 1024n,
    freeMemoryBytes: free,
  };
}

/** libvirt's test driver has no host UUID: it is the one that lives at that address under that name. */
function simulatedUuid(type: string, hostname: string, uri: HostUri): string {
  return uuidv5(
    `${type}|${hostname}|${uri.host ?? ''}|${uri.port ?? ''}|${uri.params.socket ?? ''}|${uri.path}`,
    SIMULATED_HOSTS,
  );
}

/** The fleet that has claimed the host. A claim that says nothing is somebody else's. */
async function readClaimedBy(c: Connect, o: CallOptions, ours: string): Promise<string | null> {
  const network = await orElse(c.networkLookupByName(CLAIM_NAME, o), null, NO_NETWORK, NO_SUPPORT);
  if (network === null) return null;
  if (network.uuid === claimUuid(ours)) return ours;
  return readClaim(await network.getXMLDesc(0, o)) ?? `unknown (claim ${network.uuid})`;
}
