import { createRequire } from 'node:module';
import { errorFrom, type LibvirtErrorDetails } from './errors.ts';

/** What JavaScript holds of a C++ handle. Nothing can be read from it. */
export type NativeHandle = { readonly __native: 'handle' };
export type NativeSubscription = { readonly __native: 'subscription' };

export interface Counters {
  /** Connections that are open. */
  connections: number;
  /** libvirt objects that JavaScript, calls or events hold. */
  handles: number;
  /** Calls that are queued, running or finished but not yet delivered. */
  calls: number;
  /** Calls that are inside libvirt now. */
  running: number;
  /** Calls that run on though nobody waits for them any more. */
  orphans: number;
  /** Worker threads of all connections, without the event loop's. */
  threads: number;
  subscriptions: number;
}

type NativeCall = (notAfterMs: number, id: number, self: NativeHandle, ...args: unknown[]) => Promise<unknown>;

/** The fixed part of the addon; every libvirt function is beside it under its C name. */
interface Addon {
  setup(hooks: Hooks): void;
  connection(maxInFlight: number): NativeHandle;
  close(connection: NativeHandle): Promise<void>;
  abort(connection: NativeHandle): void;
  abandon(self: NativeHandle, id: number): boolean;
  free(self: NativeHandle): void;
  hold(): void;
  release(): void;
  counters(): Counters;
  boottimeMs(): number;
}
interface Hooks {
  handle(kind: number, native: NativeHandle, name: string | null, uuid: string | null): unknown;
  error(details: LibvirtErrorDetails & { why: string }): Error;
  event(listener: number, payload: unknown): void;
}

function loadAddon(): Addon & Record<string, unknown> {
  // Another build of the same sources, such as one with a sanitizer in it.
  const path = process.env.VIRTFLEET_LIBVIRT_ADDON ?? '../build/libvirt.node';
  try {
    return createRequire(import.meta.url)(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const mend = /libvirt.*\.so/.test(why)
      ? 'install libvirt0 (Debian: `apt-get install libvirt0`)'
      : 'build it with `npm run build -w native`';
    throw new Error(`the libvirt addon cannot be loaded: ${mend} (${why})`, { cause });
  }
}

export const addon = loadAddon();

type Factory = (native: NativeHandle, name: string | null, uuid: string | null) => unknown;
const factories: Factory[] = [];
const listeners = new Map<number, (payload: unknown) => void>();
let nextListener = 1;

addon.setup({
  handle: (kind, native, name, uuid) => factories[kind]?.(native, name, uuid),
  error: errorFrom,
  event: (listener, payload) => listeners.get(listener)?.(payload),
});

/** `kind` is the place in C++'s enum Kind. */
export function registerKind(kind: number, factory: Factory): void {
  factories[kind] = factory;
}

export function addListener(callback: (payload: unknown) => void): number {
  listeners.set(nextListener, callback);
  return nextListener++;
}

export function removeListener(listener: number): void {
  listeners.delete(listener);
}

export function nativeFunction(name: string): NativeCall {
  const found = addon[name];
  if (typeof found !== 'function')
    throw new Error(`the addon has no ${name}: it is older than its TypeScript, build it anew`);
  return found as NativeCall;
}

/** How many handles, calls and threads there are in the process: for tests and metrics. */
export function counters(): Counters {
  return addon.counters();
}

/** CLOCK_BOOTTIME in milliseconds: it goes on while the process is stopped or the machine sleeps. */
export function boottimeMs(): number {
  return addon.boottimeMs();
}
