import {
  type CallOptions,
  type Connect,
  type Network,
  VIR_NETWORK_DEFINE_VALIDATE,
  VIR_NETWORK_SECTION_DNS_HOST,
  VIR_NETWORK_SECTION_IP_DHCP_HOST,
  VIR_NETWORK_UPDATE_AFFECT_CONFIG,
  VIR_NETWORK_UPDATE_AFFECT_LIVE,
  VIR_NETWORK_UPDATE_COMMAND_ADD_LAST,
  VIR_NETWORK_UPDATE_COMMAND_DELETE,
  VIR_NETWORK_UPDATE_COMMAND_MODIFY,
  VIR_NETWORK_XML_INACTIVE,
} from '@virtfleet/libvirt';
import { type NetworkChange, type NetworkInput, networkChanges, renderNetwork } from '#libvirt/network.ts';
import { parseXml, printXml } from '#libvirt/xml.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Done } from './domains.ts';
import { orNull } from './errors.ts';
import { KeptHandles, withHandle } from './handles.ts';
import type { Host } from './types.ts';

export type NetworkUpdate = Extract<NetworkChange, { type: 'Update' }>;

const SECTIONS = {
  'ip-dhcp-host': VIR_NETWORK_SECTION_IP_DHCP_HOST,
  'dns-host': VIR_NETWORK_SECTION_DNS_HOST,
} as const;
const COMMANDS = {
  'add-last': VIR_NETWORK_UPDATE_COMMAND_ADD_LAST,
  delete: VIR_NETWORK_UPDATE_COMMAND_DELETE,
  modify: VIR_NETWORK_UPDATE_COMMAND_MODIFY,
} as const;

const onNetwork =
  <T>(uuid: string, fn: (network: Network, o: CallOptions) => Promise<T>) =>
  async (c: Connect, o: CallOptions): Promise<T> =>
    fn(await networkHandles.get(c, uuid, () => c.networkLookupByUUIDString(uuid, o)), o);

const networkHandles = new KeptHandles<Network>();

/** Null: the network is not there. Inactive: its definition; else as it runs (or its definition when it does not). */
export function networkXml(host: Host, uuid: string, opts: { inactive: boolean }): Promise<string | null> {
  // libvirt's test driver has one document for both, and refuses a flag that tells them apart.
  const flags = opts.inactive && host.facts?.hypervisorType !== 'TEST' ? VIR_NETWORK_XML_INACTIVE : 0;
  return orNull(
    host.read(
      'network.xml',
      onNetwork(uuid, (network, o) => network.getXMLDesc(flags, o)),
    ),
  );
}

/**
 * UUIDs of the ports into which interfaces of running domains are plugged: gone with a stop of the network, made anew by a
 * start of the domain and of libvirt's daemon. Empty: the network is not there, or does not run.
 */
export async function networkPorts(host: Host, uuid: string): Promise<ReadonlySet<string>> {
  const list = onNetwork(uuid, async (network, o) => {
    const ports = await network.listAllPorts(0, o);
    return Promise.all(ports.map((port) => withHandle(port, (handle) => handle.getUUIDString(o))));
  });
  return new Set((await orNull(host.read('network.ports', list))) ?? []);
}

/**
 * The network is defined like this, runs and starts with the host. What can be changed on a running network is changed;
 * what only a restart brings stays as it is (`networkChanges` of the live document tells).
 * InvalidSpec NameCollision: a network of that name is somebody else's.
 */
export async function ensureNetwork(host: Host, right: Right, input: NetworkInput): Promise<Done> {
  const current = await networkXml(host, input.uuid, { inactive: true });
  const wanted = renderNetwork(input, current);
  let done: Done = 'unchanged';
  if (current === null || wanted !== printXml(parseXml(current))) {
    if (current === null) await refuseForeign(host, input);
    await host.change('network.define', right, (c, o) =>
      c.networkDefineXMLFlags(wanted, VIR_NETWORK_DEFINE_VALIDATE, o),
    );
    done = 'changed';
  }
  const record = await host.refreshNetwork(input.uuid);
  if (record === null) throw vanished(host, input.uuid);
  if (!record.autostart) {
    await host.change(
      'network.autostart',
      right,
      onNetwork(input.uuid, (network, o) => network.setAutostart(true, o)),
    );
    done = 'changed';
  }
  if (!record.active) {
    await startNetwork(host, right, input.uuid);
    done = 'changed';
  } else if (done === 'changed') await updateLive(host, right, input);
  if (done === 'changed') await host.refreshNetwork(input.uuid);
  return done;
}

async function startNetwork(host: Host, right: Right, uuid: string): Promise<void> {
  try {
    await host.change(
      'network.start',
      right,
      onNetwork(uuid, (network, o) => network.create(o)),
    );
  } catch (error) {
    const record = await host.refreshNetwork(uuid);
    if (record?.active === true) return;
    // libvirt's words for it are an internal error with the name of a bridge.
    const bridge = /already in use by interface (\S+)/.exec(error instanceof Error ? error.message : '')?.[1];
    if (bridge === undefined) throw error;
    throw new VirtfleetError(
      'InvalidSpec',
      'RangeInUseOnHost',
      `the address range of network ${record?.name ?? uuid} is in use on host ${host.name} already, by interface ${bridge}`,
      {
        host: host.name,
        mend: 'Give one of the two networks another range, or keep their machines on different hosts',
        cause: error,
      },
    );
  }
}

async function updateLive(host: Host, right: Right, input: NetworkInput): Promise<void> {
  const live = await networkXml(host, input.uuid, { inactive: false });
  if (live === null) return;
  for (const change of networkChanges(input, live)) {
    if (change.type === 'Update') await updateNetwork(host, right, input.uuid, change, { live: true, config: false });
  }
}

async function refuseForeign(host: Host, input: NetworkInput): Promise<void> {
  const other = await orNull(host.read('network.lookup', (c, o) => c.networkLookupByName(input.name, o)));
  if (other === null || other.uuid === input.uuid) return;
  throw new VirtfleetError(
    'InvalidSpec',
    'NameCollision',
    `Host ${host.name} has a network ${input.name} that is not ours (its UUID is ${other.uuid})`,
    {
      host: host.name,
      object: input.name,
      mend: 'Rename or remove that network on the host, or give ours another name',
    },
  );
}

function vanished(host: Host, uuid: string): VirtfleetError {
  return new VirtfleetError('NotFound', 'NetworkNotFound', `There is no network ${uuid} on host ${host.name}`, {
    host: host.name,
  });
}

/** One virNetworkUpdate. */
export async function updateNetwork(
  host: Host,
  right: Right,
  uuid: string,
  change: NetworkUpdate,
  affects: { live: boolean; config: boolean },
): Promise<Done> {
  const flags =
    (affects.live ? VIR_NETWORK_UPDATE_AFFECT_LIVE : 0) | (affects.config ? VIR_NETWORK_UPDATE_AFFECT_CONFIG : 0);
  const update = onNetwork(uuid, (network, o) =>
    network.update(COMMANDS[change.command], SECTIONS[change.section], change.parentIndex, change.xml, flags, o),
  );
  await host.change('network.update', right, update);
  return 'changed';
}

/** Stops and starts it, so that its definition becomes what runs. Whoever is attached loses the link meanwhile. */
export async function restartNetwork(host: Host, right: Right, uuid: string): Promise<Done> {
  const record = await host.refreshNetwork(uuid);
  if (record === null) throw vanished(host, uuid);
  if (record.active)
    await host.change(
      'network.stop',
      right,
      onNetwork(uuid, (network, o) => network.destroy(o)),
    );
  await startNetwork(host, right, uuid);
  await host.refreshNetwork(uuid);
  return 'changed';
}

/** Stops and undefines it. Gone: success. */
export async function removeNetwork(host: Host, right: Right, uuid: string): Promise<Done> {
  const record = await host.refreshNetwork(uuid);
  if (record === null) return 'unchanged';
  if (record.active)
    await orNull(
      host.change(
        'network.stop',
        right,
        onNetwork(uuid, (network, o) => network.destroy(o)),
      ),
    );
  // A transient network went with its stop.
  await orNull(
    host.change(
      'network.undefine',
      right,
      onNetwork(uuid, (network, o) => network.undefine(o)),
    ),
  );
  await host.refreshNetwork(uuid);
  return 'changed';
}
