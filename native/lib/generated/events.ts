// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { Domain } from '../domain.ts';
import type { Network, NodeDevice, Secret, StoragePool } from '../objects.ts';
import type { TypedValues } from '../params.ts';

export interface GraphicsAddress {
  family: number;
  node: string | null;
  service: string | null;
}
export interface GraphicsIdentity {
  type: string | null;
  name: string | null;
}

export interface DomainEvents {
  /** VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE */
  18: { domain: Domain; state: number; reason: number };
  /** VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE */
  13: { domain: Domain; actual: bigint };
  /** VIR_DOMAIN_EVENT_ID_BLOCK_JOB */
  8: { domain: Domain; disk: string | null; type: number; status: number };
  /** VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2 */
  16: { domain: Domain; disk: string | null; type: number; status: number };
  /** VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD */
  24: { domain: Domain; dev: string | null; path: string | null; threshold: bigint; excess: bigint };
  /** VIR_DOMAIN_EVENT_ID_CONTROL_ERROR */
  7: { domain: Domain };
  /** VIR_DOMAIN_EVENT_ID_DEVICE_ADDED */
  19: { domain: Domain; devAlias: string | null };
  /** VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED */
  22: { domain: Domain; devAlias: string | null };
  /** VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED */
  15: { domain: Domain; devAlias: string | null };
  /** VIR_DOMAIN_EVENT_ID_DISK_CHANGE */
  9: { domain: Domain; oldSrcPath: string | null; newSrcPath: string | null; devAlias: string | null; reason: number };
  /** VIR_DOMAIN_EVENT_ID_GRAPHICS */
  5: { domain: Domain; phase: number; local: GraphicsAddress; remote: GraphicsAddress; authScheme: string | null; subject: GraphicsIdentity[] };
  /** VIR_DOMAIN_EVENT_ID_IO_ERROR */
  4: { domain: Domain; srcPath: string | null; devAlias: string | null; action: number };
  /** VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON */
  6: { domain: Domain; srcPath: string | null; devAlias: string | null; action: number; reason: string | null };
  /** VIR_DOMAIN_EVENT_ID_JOB_COMPLETED */
  21: { domain: Domain; params: TypedValues };
  /** VIR_DOMAIN_EVENT_ID_LIFECYCLE */
  0: { domain: Domain; event: number; detail: number };
  /** VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE */
  26: { domain: Domain; alias: string | null; size: bigint };
  /** VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE */
  25: { domain: Domain; recipient: number; action: number; flags: number };
  /** VIR_DOMAIN_EVENT_ID_METADATA_CHANGE */
  23: { domain: Domain; type: number; nsuri: string | null };
  /** VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION */
  20: { domain: Domain; iteration: number };
  /** VIR_DOMAIN_EVENT_ID_PMSUSPEND */
  12: { domain: Domain; reason: number };
  /** VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK */
  14: { domain: Domain; reason: number };
  /** VIR_DOMAIN_EVENT_ID_PMWAKEUP */
  11: { domain: Domain; reason: number };
  /** VIR_DOMAIN_EVENT_ID_REBOOT */
  1: { domain: Domain };
  /** VIR_DOMAIN_EVENT_ID_RTC_CHANGE */
  2: { domain: Domain; utcoffset: bigint };
  /** VIR_DOMAIN_EVENT_ID_TRAY_CHANGE */
  10: { domain: Domain; devAlias: string | null; reason: number };
  /** VIR_DOMAIN_EVENT_ID_TUNABLE */
  17: { domain: Domain; params: TypedValues };
  /** VIR_DOMAIN_EVENT_ID_WATCHDOG */
  3: { domain: Domain; action: number };
}
export interface NetworkEvents {
  /** VIR_NETWORK_EVENT_ID_LIFECYCLE */
  0: { network: Network; event: number; detail: number };
}
export interface StoragePoolEvents {
  /** VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE */
  0: { pool: StoragePool; event: number; detail: number };
  /** VIR_STORAGE_POOL_EVENT_ID_REFRESH */
  1: { pool: StoragePool };
}
export interface NodeDeviceEvents {
  /** VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE */
  0: { device: NodeDevice; event: number; detail: number };
  /** VIR_NODE_DEVICE_EVENT_ID_UPDATE */
  1: { device: NodeDevice };
}
export interface SecretEvents {
  /** VIR_SECRET_EVENT_ID_LIFECYCLE */
  0: { secret: Secret; event: number; detail: number };
  /** VIR_SECRET_EVENT_ID_VALUE_CHANGED */
  1: { secret: Secret };
}
