/** Machines on libvirt's test driver: hosts, pool and network for them, and a look whether each of them is there once. */
import { type Connect, open } from '@virtfleet/libvirt';
import { hostKind, storagePoolKind, virtualNetworkKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import type { RigClient } from '../rig/client.ts';
import { waitFor } from '../rig/wait.ts';
import { type Fleet, namespace } from './fleet.ts';

const pool = 'numbers';
const network = 'lab';

/** No seed and no image, since the test driver takes no uploads: a blank disk and a reserved address. */
export const simulatedMachine = {
  hypervisor: 'Test',
  cpu: { cores: 1 },
  memory: { size: '16Mi' },
  disks: [{ name: 'root', template: { poolName: pool, size: '64Mi' } }],
  interfaces: [{ name: 'lan', networkName: network }],
  terminationGracePeriodSeconds: 0,
};

/** Room for hundreds on each host, one pool and one network for all. */
export async function prepareSimulated(rig: RigClient, fleet: Fleet): Promise<void> {
  for (const { name } of rig.hosts) {
    const patch = { spec: { overcommit: { cpu: '100', memory: '100' } } };
    const host = await fleet.client.get(hostKind, { name });
    if (!host) throw new Error(`there is no Host ${name}`);
    await fleet.client.patchByUid(unrestricted, hostKind, host.metadata, patch);
  }
  await fleet.apply(storagePoolKind, pool, { type: 'Dir', targetPath: '/numbers', access: 'PerHost' });
  await fleet.apply(virtualNetworkKind, network, { mode: 'NAT', ipv4: { cidr: '10.96.0.0/16' } });
  await waitFor(
    `pool ${pool} to be ready on all hosts`,
    async () => {
      const found = await fleet.client.get(storagePoolKind, { name: pool });
      return (found?.status?.hosts ?? []).filter(({ state }) => state === 'Running').length === rig.hosts.length;
    },
    { timeoutMs: 120_000, intervalMs: 250 },
  );
}

/**
 * A connection to every host, until what is returned is called: the test driver forgets all its machines when the last of its
 * connections goes, and the operator's go when it is stopped.
 */
export async function holdHosts(rig: RigClient): Promise<() => void> {
  const connections = await Promise.all(rig.hosts.map(({ uris }) => open(uris.unix, { timeoutMs: 60_000 })));
  return () => {
    for (const connection of connections) connection.abort();
  };
}

const CALL = { timeoutMs: 60_000 };
/** libvirt's VIR_DOMAIN_RUNNING. */
const RUNNING = 1;

/** UUIDs of the domains that run, by host, asked of every libvirtd by its own socket. */
export async function domainsOf(
  rig: RigClient,
): Promise<{ host: string; name: string; uuid: string; state: number }[]> {
  const found = await Promise.all(
    rig.hosts.map(async ({ name: host, uris }) => {
      let connection: Connect | null = null;
      try {
        connection = await open(uris.unix, { events: false, timeoutMs: 10_000 });
        const domains = await connection.listAllDomains(0, CALL);
        return await Promise.all(
          domains.map(async (domain) => {
            const { state } = await domain.getState(0, CALL);
            const { uuid, name } = domain;
            domain[Symbol.dispose]();
            return { host, name, uuid, state };
          }),
        );
      } finally {
        connection?.abort();
      }
    }),
  );
  return found.flat();
}

/** Throws when a machine is lost, doubled, somewhere else than its status says, or left behind: such a run is void. */
export async function expectEachOnce(rig: RigClient, fleet: Fleet): Promise<void> {
  const ours = (await domainsOf(rig)).filter(({ name }) => name.startsWith(`${namespace}_`));
  const byUuid = Map.groupBy(ours, ({ uuid }) => uuid);
  const addresses = new Set<string>();
  for (const { metadata, status } of fleet.list()) {
    const at = byUuid.get(status?.uuid ?? '') ?? [];
    const [only] = at;
    if (!only || at.length > 1) throw new Error(`void: ${metadata.name} is on ${at.length} hosts`);
    if (only.host !== status?.host?.name) throw new Error(`void: ${metadata.name} is on ${only.host}, its status lies`);
    if (only.state !== RUNNING) throw new Error(`void: ${metadata.name} does not run`);
    const address = status?.interfaces?.[0]?.addresses?.find(({ source }) => source === 'Reserved')?.address;
    if (!address || addresses.has(address)) throw new Error(`void: ${metadata.name} has no address of its own`);
    addresses.add(address);
  }
  if (byUuid.size !== fleet.list().length)
    throw new Error(`void: ${byUuid.size - fleet.list().length} domains too many`);
}
