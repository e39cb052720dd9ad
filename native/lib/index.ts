export type { CallOptions } from './call.ts';
export { Connect, type DomainStats } from './connect.ts';
export { Domain } from './domain.ts';
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
export { StorageVol } from './volume.ts';
