import { LibvirtTimeout } from './errors.ts';
import { addon, type NativeHandle, nativeFunction } from './native.ts';

export interface CallOptions {
  /**
   * After it the promise is rejected with LibvirtTimeout. A call that had begun is orphaned (libvirt has no
   * way to take it back: its outcome is unknown); one that waited for a worker is never sent.
   */
  timeoutMs?: number;
  /** CLOCK_BOOTTIME milliseconds (`boottimeMs()`), compared on the worker right before the call is sent: GateClosed, and nothing sent. */
  notAfterMs?: number;
}

let nextId = 1;

/** Every call to libvirt goes through here. */
export function call<T>(
  fn: string,
  self: NativeHandle,
  opts: CallOptions | undefined,
  args: readonly unknown[],
): Promise<T> {
  const id = nextId++;
  let pending: Promise<T>;
  try {
    pending = nativeFunction(fn)(opts?.notAfterMs ?? Number.POSITIVE_INFINITY, id, self, ...args) as Promise<T>;
  } catch (error) {
    return Promise.reject(error);
  }
  const timeoutMs = opts?.timeoutMs;
  return timeoutMs === undefined ? pending : withDeadline(fn, self, id, timeoutMs, pending);
}

function withDeadline<T>(
  fn: string,
  self: NativeHandle,
  id: number,
  timeoutMs: number,
  pending: Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      const unsent = addon.abandon(self, id);
      reject(new LibvirtTimeout(fn, timeoutMs, !unsent));
    }, timeoutMs);
    pending.then(
      (value) => {
        clearTimeout(timer);
        if (!late) resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!late) reject(error);
      },
    );
  });
}
