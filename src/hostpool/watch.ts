import {
  type Connect,
  type DomainEvents,
  VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE,
  VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2,
  VIR_DOMAIN_EVENT_ID_CONTROL_ERROR,
  VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
  VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED,
  VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
  VIR_DOMAIN_EVENT_ID_DISK_CHANGE,
  VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON,
  VIR_DOMAIN_EVENT_ID_JOB_COMPLETED,
  VIR_DOMAIN_EVENT_ID_LIFECYCLE,
  VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
  VIR_DOMAIN_EVENT_ID_PMSUSPEND,
  VIR_DOMAIN_EVENT_ID_PMWAKEUP,
  VIR_DOMAIN_EVENT_ID_REBOOT,
  VIR_DOMAIN_EVENT_ID_TRAY_CHANGE,
  VIR_DOMAIN_EVENT_ID_WATCHDOG,
  VIR_NETWORK_EVENT_ID_LIFECYCLE,
  VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
  VIR_STORAGE_POOL_EVENT_ID_REFRESH,
} from '@virtfleet/libvirt';
import { libvirtCode, orElse } from './errors.ts';

export interface EventSink {
  /** What is recorded of it may have changed: read it again. */
  readonly domainChanged: (uuid: string) => void;
  /** Something of it changed that is not in its record: devices, media, jobs. */
  readonly domainTouched: (uuid: string) => void;
  readonly agentChanged: (uuid: string) => void;
  readonly networkChanged: (uuid: string) => void;
  readonly poolChanged: (uuid: string) => void;
}

/** Events after which a domain's record is read again. */
const RECORD_EVENTS = [
  VIR_DOMAIN_EVENT_ID_LIFECYCLE,
  VIR_DOMAIN_EVENT_ID_METADATA_CHANGE,
  VIR_DOMAIN_EVENT_ID_CONTROL_ERROR,
  VIR_DOMAIN_EVENT_ID_PMSUSPEND,
  VIR_DOMAIN_EVENT_ID_PMWAKEUP,
] as const satisfies readonly (keyof DomainEvents)[];

/** Events that change something outside the record. Noisy ones (balloon, clock, migration rounds) are not asked for. */
const TOUCH_EVENTS = [
  VIR_DOMAIN_EVENT_ID_REBOOT,
  VIR_DOMAIN_EVENT_ID_WATCHDOG,
  VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON,
  VIR_DOMAIN_EVENT_ID_DISK_CHANGE,
  VIR_DOMAIN_EVENT_ID_TRAY_CHANGE,
  VIR_DOMAIN_EVENT_ID_DEVICE_ADDED,
  VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED,
  VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED,
  VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2,
  VIR_DOMAIN_EVENT_ID_JOB_COMPLETED,
] as const satisfies readonly (keyof DomainEvents)[];

/** An event lends a handle; its UUID is all that is kept. */
function uuidOf(handle: Disposable & { uuid: string }): string {
  const { uuid } = handle;
  handle[Symbol.dispose]();
  return uuid;
}

/** Subscribes to everything the inventory needs; what a driver does not offer is left to the full listing. */
export async function watchHost(c: Connect, sink: EventSink): Promise<void> {
  const { NO_SUPPORT } = libvirtCode;
  const optional = (subscription: Promise<unknown>): Promise<unknown> => orElse(subscription, null, NO_SUPPORT);
  const onDomain = (id: keyof DomainEvents, tell: (uuid: string) => void): Promise<unknown> =>
    optional(c.onDomainEvent(id, ({ domain }) => tell(uuidOf(domain))));
  for (const id of RECORD_EVENTS) await onDomain(id, sink.domainChanged);
  for (const id of TOUCH_EVENTS) await onDomain(id, sink.domainTouched);
  await onDomain(VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, sink.agentChanged);
  await optional(
    c.onNetworkEvent(VIR_NETWORK_EVENT_ID_LIFECYCLE, ({ network }) => sink.networkChanged(uuidOf(network))),
  );
  for (const id of [VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, VIR_STORAGE_POOL_EVENT_ID_REFRESH] as const) {
    await optional(c.onStoragePoolEvent(id, ({ pool }) => sink.poolChanged(uuidOf(pool))));
  }
}
