import {
  type CallOptions,
  type Connect,
  type Domain,
  VIR_DOMAIN_AFFECT_CONFIG,
  VIR_DOMAIN_AFFECT_LIVE,
  VIR_DOMAIN_DEFINE_VALIDATE,
  VIR_DOMAIN_METADATA_ELEMENT,
  VIR_DOMAIN_PAUSED,
  VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN,
  VIR_DOMAIN_SHUTDOWN_GUEST_AGENT,
  VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
  VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
  VIR_DOMAIN_UNDEFINE_NVRAM,
  VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
  VIR_DOMAIN_UNDEFINE_TPM,
  VIR_DOMAIN_XML_INACTIVE,
  VIR_DOMAIN_XML_SECURE,
} from '@virtfleet/libvirt';
import { STAMP_NS, STAMP_PREFIX, type Stamp, stampElement } from '#libvirt/stamp.ts';
import { printXml } from '#libvirt/xml.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { hasCode, orNull } from './errors.ts';
import { withHandle } from './handles.ts';
import { domainHandles } from './listing.ts';
import { isActiveState } from './power-state.ts';
import type { DomainRecord, Host } from './types.ts';

/** What a step found: `unchanged` is success, too. */
export type Done = 'unchanged' | 'changed';

const INVALID_ARG = 8;

/** A call on one domain, by UUID, on whatever connection it runs on. */
export const onDomain =
  <T>(uuid: string, fn: (domain: Domain, o: CallOptions) => Promise<T>) =>
  async (c: Connect, o: CallOptions): Promise<T> =>
    fn(await domainHandles.get(c, uuid, () => c.domainLookupByUUIDString(uuid, o)), o);

/** The domain's document, secrets included; null: the domain is not there. Not inactive: as it runs now. */
export function domainXml(host: Host, uuid: string, opts: { inactive: boolean }): Promise<string | null> {
  const flags = VIR_DOMAIN_XML_SECURE | (opts.inactive ? VIR_DOMAIN_XML_INACTIVE : 0);
  return orNull(
    host.read(
      'domain.xml',
      onDomain(uuid, (domain, o) => domain.getXMLDesc(flags, o)),
    ),
  );
}

/** Defines with schema validation, and returns what libvirt made of it (the inactive document, secrets included). */
export async function defineDomain(host: Host, right: Right, xml: string): Promise<string> {
  const { uuid, document } = await define(host, right, xml);
  await host.refreshDomain(uuid);
  return document;
}

/** Defines and stamps: the stamp holds what is known only of the document that libvirt made. One reading follows both. */
export async function defineStamped(
  host: Host,
  right: Right,
  xml: string,
  stampOf: (document: string) => Stamp,
): Promise<void> {
  const { uuid, document } = await define(host, right, xml);
  const known = host.inventory?.domains.get(uuid);
  const live = known !== undefined && isActiveState(known) ? VIR_DOMAIN_AFFECT_LIVE : 0;
  await sendStamp(host, right, uuid, stampText(stampOf(document)), live | VIR_DOMAIN_AFFECT_CONFIG);
}

async function define(host: Host, right: Right, xml: string): Promise<{ uuid: string; document: string }> {
  const known = /<uuid>([^<]+)<\/uuid>/.exec(xml)?.[1];
  const defined = await orNull(
    host.change(
      'domain.define',
      right,
      async (c, o) =>
        withHandle(await c.domainDefineXMLFlags(xml, VIR_DOMAIN_DEFINE_VALIDATE, o), async (domain) => ({
          uuid: domain.uuid,
          document: await domain.getXMLDesc(VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_INACTIVE, o),
        })),
      known === undefined ? {} : { changesDomain: known },
    ),
  );
  if (defined === null) {
    throw new VirtfleetError(
      'Conflict',
      'DomainVanished',
      `Domain ${known ?? ''} was defined on host ${host.name} and is gone again`,
      { host: host.name },
    );
  }
  return defined;
}

/** Does nothing when `isDone` says so of the domain as it is now; what is not there is NotFound. */
async function step(
  host: Host,
  uuid: string,
  isDone: (domain: DomainRecord) => boolean,
  act: () => Promise<unknown>,
): Promise<Done> {
  const before = await host.refreshDomain(uuid);
  if (before === null) throw notThere(host, uuid);
  if (isDone(before)) return 'unchanged';
  try {
    await act();
  } catch (error) {
    // Somebody was quicker (the guest itself, say): what counts is where it stands.
    const now =
      error instanceof VirtfleetError && error.errorClass === 'Conflict' ? await host.refreshDomain(uuid) : null;
    if (now === null || !isDone(now)) throw error;
    return 'changed';
  }
  await host.refreshDomain(uuid);
  return 'changed';
}

function notThere(host: Host, uuid: string): VirtfleetError {
  return new VirtfleetError('NotFound', 'DomainNotFound', `There is no domain ${uuid} on host ${host.name}`, {
    host: host.name,
  });
}

/** Reading gigabytes of saved memory takes its time. */
const RESTORE_TIMEOUT_MS = 15 * 60_000;
const START_TIMEOUT_MS = 60_000;

/**
 * A domain that seems to be off is started without another look: libvirt refuses to start what runs. `isSaved`: it goes on
 * from its saved memory, which libvirt restores by itself and removes then.
 */
export async function startDomain(
  host: Host,
  right: Right,
  uuid: string,
  { isSaved = false }: { isSaved?: boolean } = {},
): Promise<Done> {
  const start = () =>
    host.change(
      'domain.start',
      right,
      onDomain(uuid, (domain, o) => domain.createWithFlags(0, o)),
      { timeoutMs: isSaved ? RESTORE_TIMEOUT_MS : START_TIMEOUT_MS, changesDomain: uuid },
    );
  const known = host.inventory?.domains.get(uuid);
  if (!known || isActiveState(known)) return step(host, uuid, isActiveState, start);
  try {
    await start();
  } catch (error) {
    const isRefused = error instanceof VirtfleetError && error.errorClass === 'Conflict';
    const now = isRefused ? await host.refreshDomain(uuid) : null;
    if (now === null || !isActiveState(now)) throw error;
    return 'unchanged';
  }
  await host.refreshDomain(uuid);
  return 'changed';
}

/** Asks the guest to power off and does not wait: an event tells when it has. */
export function shutdownDomain(
  host: Host,
  right: Right,
  uuid: string,
  opts: { mode: 'Acpi' | 'Agent' },
): Promise<Done> {
  const wanted = opts.mode === 'Agent' ? VIR_DOMAIN_SHUTDOWN_GUEST_AGENT : VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN;
  // libvirt's test driver knows no ways to shut down, and refuses a flag that names one.
  const flags = host.facts?.hypervisorType === 'TEST' ? 0 : wanted;
  return step(
    host,
    uuid,
    (domain) => !isActiveState(domain),
    () =>
      host.change(
        'domain.shutdown',
        right,
        onDomain(uuid, (domain, o) => domain.shutdownFlags(flags, o)),
        { monitorOf: uuid },
      ),
  );
}

/** Pulls the plug. It waits behind nothing: libvirt kills the process even when its monitor hangs. Gone: success. */
export async function destroyDomain(host: Host, right: Right, uuid: string): Promise<Done> {
  const act = () =>
    host.change(
      'domain.destroy',
      right,
      onDomain(uuid, (domain, o) => domain.destroyFlags(0, o)),
    );
  return (await orNull(step(host, uuid, (domain) => !isActiveState(domain), act))) ?? 'unchanged';
}

/** From what a QEMU host has down to what any driver knows; the first that the driver takes. */
const UNDEFINE_FLAGS = [
  VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
    VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
    VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA |
    VIR_DOMAIN_UNDEFINE_NVRAM |
    VIR_DOMAIN_UNDEFINE_TPM,
  VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
    VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
    VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA |
    VIR_DOMAIN_UNDEFINE_NVRAM,
  VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
  0,
];

/** Undefines with managed save, snapshot and checkpoint metadata, NVRAM and TPM state. Gone: success. A running one becomes transient: stop it first. */
export async function undefineDomain(host: Host, right: Right, uuid: string): Promise<Done> {
  if ((await host.refreshDomain(uuid)) === null) return 'unchanged';
  let refused: unknown = null;
  for (const flags of UNDEFINE_FLAGS) {
    try {
      await orNull(
        host.change(
          'domain.undefine',
          right,
          onDomain(uuid, (domain, o) => domain.undefineFlags(flags, o)),
        ),
      );
      await host.refreshDomain(uuid);
      return 'changed';
    } catch (error) {
      // Older libvirts and other drivers refuse flags that they do not know; nothing was done then.
      if (!hasCode(error, INVALID_ARG)) throw error;
      refused = error;
    }
  }
  throw refused;
}

export function suspendDomain(host: Host, right: Right, uuid: string): Promise<Done> {
  return step(
    host,
    uuid,
    (domain) => domain.state === VIR_DOMAIN_PAUSED,
    () =>
      host.change(
        'domain.suspend',
        right,
        onDomain(uuid, (domain, o) => domain.suspend(o)),
        { monitorOf: uuid },
      ),
  );
}

export function resumeDomain(host: Host, right: Right, uuid: string): Promise<Done> {
  return step(
    host,
    uuid,
    (domain) => isActiveState(domain) && domain.state !== VIR_DOMAIN_PAUSED,
    () =>
      host.change(
        'domain.resume',
        right,
        onDomain(uuid, (domain, o) => domain.resume(o)),
        { monitorOf: uuid },
      ),
  );
}

/** The host does not start it by itself any more: who decides about its power is the operator alone. */
export async function disableAutostart(host: Host, right: Right, uuid: string): Promise<Done> {
  if (host.inventory?.domains.get(uuid)?.autostart !== true) return 'unchanged';
  await host.change(
    'domain.autostart',
    right,
    onDomain(uuid, (domain, o) => domain.setAutostart(false, o)),
  );
  await host.refreshDomain(uuid);
  return 'changed';
}

/** Not idempotent: claim it in status first. */
export async function resetDomain(host: Host, right: Right, uuid: string): Promise<Done> {
  await host.change(
    'domain.reset',
    right,
    onDomain(uuid, (domain, o) => domain.reset(0, o)),
    { monitorOf: uuid },
  );
  return 'changed';
}

/** Live and in the definition alike, so that neither a restart nor a listing sees an older one. */
function bothFlags(domain: DomainRecord): number {
  return (isActiveState(domain) ? VIR_DOMAIN_AFFECT_LIVE : 0) | (domain.persistent ? VIR_DOMAIN_AFFECT_CONFIG : 0);
}

/** The record may be a moment old: what it is read for, whether the domain runs, only our own acts and events change. */
async function writeStamp(host: Host, right: Right, uuid: string, xml: string | null): Promise<void> {
  const record = host.inventory?.domains.get(uuid) ?? (await host.refreshDomain(uuid));
  if (record === null) throw notThere(host, uuid);
  await sendStamp(host, right, uuid, xml, bothFlags(record));
}

async function sendStamp(host: Host, right: Right, uuid: string, xml: string | null, flags: number): Promise<void> {
  const write = onDomain(uuid, (domain, o) =>
    domain.setMetadata(VIR_DOMAIN_METADATA_ELEMENT, xml, STAMP_PREFIX, STAMP_NS, flags, o),
  );
  await host.change('domain.stamp', right, write, { changesDomain: uuid });
  await host.refreshDomain(uuid);
}

/** libvirt declares the prefix itself and refuses an element that has it already. */
function stampText(stamp: Stamp): string {
  const { attrs } = stampElement(stamp);
  const bare = Object.fromEntries(Object.entries(attrs).filter(([name]) => !name.startsWith('xmlns')));
  return printXml({ name: 'stamp', attrs: bare, children: [] });
}

export async function setStamp(host: Host, right: Right, uuid: string, stamp: Stamp): Promise<Done> {
  await writeStamp(host, right, uuid, stampText(stamp));
  return 'changed';
}

/** The domain stays, and is nobody's. */
export async function removeStamp(host: Host, right: Right, uuid: string): Promise<Done> {
  const record = await host.refreshDomain(uuid);
  if (record === null || record.stamp === null) return 'unchanged';
  await writeStamp(host, right, uuid, null);
  return 'changed';
}
