/** Network interfaces: found again by alias, then by MAC. */
import { attr, child, children, ensureChild, insertAfter, removeChild, removeChildren, setAttrs } from '../tree.ts';
import { type Element, el } from '../xml.ts';
import { editBoot } from './disks.ts';
import { type Bandwidth, type DomainInput, type InterfaceInput, interfaceAlias } from './input.ts';
import { aliasOf, type DocumentMode } from './layout.ts';

const OURS = interfaceAlias('');

export function editInterfaces(devices: Element, input: DomainInput, mode: DocumentMode): void {
  for (const gone of unwantedInterfaces(devices, input)) removeChild(devices, gone);
  for (const nic of input.interfaces) {
    const found = findInterface(devices, nic);
    const element = found ?? el('interface');
    if (!found) insertAfter(devices, element, ['emulator', 'disk', 'controller', 'filesystem', 'interface']);
    editInterface(element, nic, mode);
  }
}

export function findInterface(devices: Element | undefined, nic: InterfaceInput): Element | undefined {
  const all = children(devices, 'interface');
  return (
    all.find((element) => aliasOf(element) === interfaceAlias(nic.name)) ??
    all.find((element) => !isOurs(element) && hasMac(element, nic.mac))
  );
}

/** Interfaces of ours that the spec no longer names. */
export function unwantedInterfaces(devices: Element | undefined, input: DomainInput): Element[] {
  const wanted = new Set(input.interfaces.map((nic) => interfaceAlias(nic.name)));
  return children(devices, 'interface').filter((element) => isOurs(element) && !wanted.has(aliasOf(element) ?? ''));
}

const isOurs = (element: Element): boolean => aliasOf(element)?.startsWith(OURS) === true;
const hasMac = (element: Element, mac: string): boolean =>
  attr(child(element, 'mac'), 'address')?.toLowerCase() === mac.toLowerCase();

function editInterface(element: Element, nic: InterfaceInput, mode: DocumentMode): void {
  setAttrs(element, { type: nic.source.kind });
  if (!hasMac(element, nic.mac)) setAttrs(ensureChild(element, 'mac', []), { address: nic.mac.toLowerCase() });
  editSource(ensureChild(element, 'source', ['mac']), nic);
  editBandwidth(element, nic);
  setAttrs(ensureChild(element, 'model', ['mac', 'source', 'virtualport', 'bandwidth', 'target']), { type: nic.model });
  // A live document shows what the interface inherits from its network; only the inactive one shows what was asked.
  if (nic.mtu !== undefined) setAttrs(ensureChild(element, 'mtu'), { size: nic.mtu });
  else if (mode === 'inactive') removeChildren(element, 'mtu');
  if (nic.isolated) setAttrs(ensureChild(element, 'port'), { isolated: 'yes' });
  else if (mode === 'inactive') removeChildren(element, 'port');
  if (nic.linkState === 'down') setAttrs(ensureChild(element, 'link'), { state: 'down' });
  else if (attr(child(element, 'link'), 'state') === 'down') setAttrs(ensureChild(element, 'link'), { state: 'up' });
  editBoot(element, nic.bootOrder);
  setAttrs(ensureChild(element, 'alias'), { name: interfaceAlias(nic.name) });
}

function editSource(source: Element, { source: wanted }: InterfaceInput): void {
  switch (wanted.kind) {
    case 'network':
      // The port and the bridge in a live document belong to the network that it is plugged into.
      if (attr(source, 'network') !== wanted.network)
        setAttrs(source, { network: wanted.network, portid: undefined, bridge: undefined });
      return;
    case 'bridge':
      setAttrs(source, { bridge: wanted.bridge, network: undefined, portid: undefined });
      return;
  }
}

function editBandwidth(element: Element, nic: InterfaceInput): void {
  if (!nic.bandwidth?.inbound && !nic.bandwidth?.outbound) {
    removeChildren(element, 'bandwidth');
    return;
  }
  const bandwidth = ensureChild(element, 'bandwidth', ['mac', 'source', 'virtualport']);
  for (const way of ['inbound', 'outbound'] as const) {
    const wanted: Bandwidth | undefined = nic.bandwidth[way];
    if (!wanted) removeChildren(bandwidth, way);
    else
      setAttrs(ensureChild(bandwidth, way), {
        average: wanted.averageKiBSec,
        peak: wanted.peakKiBSec,
        burst: wanted.burstKiB,
      });
  }
}
