import { type CallOptions, call } from './call.ts';
import { addon, type NativeHandle } from './native.ts';

export const NATIVE = Symbol('native');

/**
 * One of libvirt's objects. It is freed by `Symbol.dispose` (`using domain = …`), by closing its
 * connection, or at last by the garbage collector, whichever comes first.
 */
export abstract class Handle {
  readonly [NATIVE]: NativeHandle;

  constructor(native: NativeHandle) {
    this[NATIVE] = native;
  }

  [Symbol.dispose](): void {
    addon.free(this[NATIVE]);
  }

  protected call<T>(fn: string, opts: CallOptions | undefined, args: readonly unknown[]): Promise<T> {
    return call<T>(fn, this[NATIVE], opts, args);
  }
}

export function nativeOf(handle: Handle): NativeHandle {
  return handle[NATIVE];
}
