export type { CallOptions } from './call.ts';
export { Connect, type DomainStats } from './connect.ts';
export { type BlockJobInfo, Domain, type FileSystemInfo, type InterfaceAddresses, type VcpuInfo } from './domain.ts';
export {
  ConnectionClosed,
  GateClosed,
  LibvirtError,
  type LibvirtErrorDetails,
  LibvirtTimeout,
  NotSupported,
} from './errors.ts';
export type { Subscription } from './events.ts';
export * from './generated/constants.ts';
export type * from './generated/events.ts';
export { boottimeMs, type Counters, counters } from './native.ts';
export {
  type DhcpLease,
  DomainCheckpoint,
  DomainSnapshot,
  Interface,
  Network,
  NetworkPort,
  NodeDevice,
  NWFilter,
  NWFilterBinding,
  Secret,
  StoragePool,
} from './objects.ts';
export { type OpenOptions, open } from './open.ts';
export type { ParamType, TypedParams, TypedValue, TypedValues } from './params.ts';
export { Stream } from './stream.ts';
export { openChannel, openConsole, type TerminalOptions } from './terminal.ts';
export { download, downloadSparse, type TransferOptions, upload } from './transfer.ts';
export { StorageVol } from './volume.ts';
