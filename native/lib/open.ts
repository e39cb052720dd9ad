import { call } from './call.ts';
import { Connect } from './connect.ts';
import { Domain } from './domain.ts';
import { KIND_NUMBERS, type Kind } from './kinds.ts';
import { addon, type NativeHandle, registerKind } from './native.ts';
import * as objects from './objects.ts';
import { Stream } from './stream.ts';
import { StorageVol } from './volume.ts';

const classes: Record<Kind, new (native: NativeHandle, name: string | null, uuid: string | null) => unknown> = {
  Connect,
  Domain,
  Network: objects.Network,
  NetworkPort: objects.NetworkPort,
  StoragePool: objects.StoragePool,
  StorageVol,
  Secret: objects.Secret,
  Interface: objects.Interface,
  NodeDevice: objects.NodeDevice,
  NWFilter: objects.NWFilter,
  NWFilterBinding: objects.NWFilterBinding,
  DomainSnapshot: objects.DomainSnapshot,
  DomainCheckpoint: objects.DomainCheckpoint,
  Stream,
};
for (const [kind, Class] of Object.entries(classes)) {
  registerKind(KIND_NUMBERS[kind as Kind], (native, name, uuid) => new Class(native, name, uuid));
}

export interface OpenOptions {
  readOnly?: boolean;
  auth?: { username: string; password: string };
  /** How many calls are sent at a time, each from a thread of its own; the others wait in line. Default 4. */
  maxInFlight?: number;
  /** False keeps the connection off the event loop: no events, no keepalive, no close callback. Default true. */
  events?: boolean;
  /** After it the attempt is aborted and rejected with LibvirtTimeout. libvirt's own dial has no such limit. */
  timeoutMs?: number;
}

const READ_ONLY = 1;

/** Opens a connection. Errors: LibvirtError, LibvirtTimeout. */
export async function open(uri: string, opts: OpenOptions = {}): Promise<Connect> {
  const maxInFlight = opts.maxInFlight ?? 4;
  if (!Number.isInteger(maxInFlight) || maxInFlight < 1)
    throw new RangeError('maxInFlight must be a whole number from 1 on');
  const native = addon.connection(maxInFlight);
  const connect = new Connect(native);
  const args = [
    uri,
    opts.readOnly === true ? READ_ONLY : 0,
    opts.events ?? true,
    opts.auth?.username ?? null,
    opts.auth?.password ?? null,
  ];
  try {
    await call<void>(
      'virConnectOpenAuth',
      native,
      opts.timeoutMs === undefined ? {} : { timeoutMs: opts.timeoutMs },
      args,
    );
  } catch (error) {
    connect.abort();
    throw error;
  }
  return connect;
}
