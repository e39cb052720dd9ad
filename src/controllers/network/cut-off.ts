/**
 * Machines that a stop of their network has cut off. libvirt makes the bridge anew at the network's start and does not put
 * the interfaces of running machines back into it; only a start of its daemon does that, or of the machine.
 */
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork, VirtualNetworkStatus } from '#api/v1alpha1/virtual-network.ts';
import { domainXml, networkPorts } from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { readDomain } from '#libvirt/domain.ts';
import type { NetworkFacts } from '#libvirt/network.ts';

/** What was found is looked for anew after that long, though nothing seems to have changed. */
const LOOK_ANEW_MS = 5 * 60_000;

interface Finding {
  /** The network's connections and the interfaces of its running machines when it was found. */
  of: string;
  cutOff: string[];
  atMs: number;
}

/** By host and network. An interface that is recorded and waits for its hot-plug, say, is missing for long. */
const findings = new WeakMap<Host, Map<string, Finding>>();

/**
 * Names of those machines of `running` that are not plugged into the network any more. The network's own count of
 * connections, in a document that is read anyway, says that there are none. Only when it does not, or some were cut off
 * before (`known`; somebody else's domain may have come in their place), are they looked for: by port, once for each change.
 */
export async function findCutOff(
  host: Host,
  { metadata }: VirtualNetwork,
  facts: NetworkFacts,
  running: readonly VirtualMachine[],
  { known, nowMs }: { known: readonly string[]; nowMs: number },
): Promise<string[]> {
  // libvirt's test driver plugs nothing in.
  if (host.facts?.hypervisorType === 'TEST') return [];
  const nics = running.flatMap(({ status }) =>
    (status?.interfaces ?? [])
      .filter(({ networkName }) => networkName === metadata.name)
      .map(({ mac }) => `${status?.uuid} ${mac}`),
  );
  const found = findings.get(host) ?? new Map<string, Finding>();
  if (nics.length === 0 || (facts.connections >= nics.length && known.length === 0)) {
    found.delete(metadata.uid);
    return [];
  }
  const of = [facts.connections, ...nics.sort()].join('\n');
  const last = found.get(metadata.uid);
  if (last?.of === of && nowMs - last.atMs < LOOK_ANEW_MS) return last.cutOff;
  const cutOff = await lookFor(host, metadata.uid, facts.name, running);
  findings.set(host, found.set(metadata.uid, { of, cutOff, atMs: nowMs }));
  return cutOff;
}

async function lookFor(
  host: Host,
  uid: string,
  network: string,
  running: readonly VirtualMachine[],
): Promise<string[]> {
  const read = ({ status }: VirtualMachine): Promise<string | null> => domainXml(host, status?.uuid ?? '', LIVE);
  const documents = await Promise.all(running.map(read));
  const ports = await networkPorts(host, uid);
  const missing = (xml: string | null | undefined): string[] => unplugged(xml ?? null, network, ports);
  const suspects = running.flatMap((machine, at) => {
    const lost = missing(documents[at]);
    return lost.length > 0 ? [{ machine, lost }] : [];
  });
  // One that stopped in between took its port with it. One that still runs with that port had it when the ports were read.
  const now = await Promise.all(suspects.map(({ machine }) => read(machine)));
  return suspects
    .filter(({ lost }, at) => missing(now[at]).some((port) => lost.includes(port)))
    .map(({ machine }) => machine.metadata.name)
    .sort();
}
const LIVE = { inactive: false } as const;

/**
 * Exported for its tests. Pure. The names of ports that are not there any more. An interface that was never plugged in (the
 * machine is off, or it waits) has no port's name.
 */
export function unplugged(xml: string | null, network: string, ports: ReadonlySet<string>): string[] {
  if (xml === null) return [];
  return readDomain(xml).interfaces.flatMap(({ network: of, portId }) =>
    of === network && portId !== null && !ports.has(portId) ? [portId] : [],
  );
}

export interface CutOff {
  machine: string;
  host: string;
}

/** Those that were not cut off before: they are told by an event, once. Pure. */
export function newlyCutOff(before: VirtualNetworkStatus | undefined, after: VirtualNetworkStatus): CutOff[] {
  return (after.hosts ?? []).flatMap(({ name: host, cutOff }) => {
    const known = before?.hosts?.find(({ name }) => name === host)?.cutOff ?? [];
    return (cutOff ?? []).filter((machine) => !known.includes(machine)).map((machine) => ({ machine, host }));
  });
}

/** Exported for its words. Pure. */
export const interruption = (network: string, host: string): string =>
  `Network ${network} was stopped on host ${host} while this machine ran, and runs again; the machine's interface is not connected to it until libvirtd is restarted there (which stops no machine), or the machine is`;
