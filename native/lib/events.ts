import { call } from './call.ts';
import { type Handle, nativeOf } from './handle.ts';
import { KIND_NUMBERS } from './kinds.ts';
import { addListener, addon, type NativeSubscription, removeListener } from './native.ts';

/** A registered listener. It keeps the process alive until it or its connection is closed (a close callback does not). */
export interface Subscription {
  /** Tells libvirt to stop. No event is delivered from the call on. Idempotent. */
  close(): Promise<void>;
  /** Its connection is closing and deregisters by itself: only our side is left to do. */
  forget(): void;
}

type Source = 'Connect' | 'Domain' | 'Network' | 'StoragePool' | 'NodeDevice' | 'Secret';

export async function subscribe(
  connect: Handle,
  kind: Source,
  id: number,
  of: Handle | null,
  callback: (event: unknown) => void,
  onEnd: () => void,
): Promise<Subscription> {
  const listener = addListener(callback);
  let native: NativeSubscription;
  try {
    native = await call('virConnectEventRegisterAny', nativeOf(connect), undefined, [
      listener,
      KIND_NUMBERS[kind],
      id,
      of === null ? null : nativeOf(of),
    ]);
  } catch (error) {
    removeListener(listener);
    throw error;
  }
  const holds = kind !== 'Connect';
  if (holds) addon.hold();
  let ended = false;
  const forget = (): void => {
    if (ended) return;
    ended = true;
    removeListener(listener);
    if (holds) addon.release();
  };
  return {
    forget,
    async close() {
      if (ended) return;
      forget();
      onEnd();
      await call('virConnectEventDeregisterAny', nativeOf(connect), undefined, [native]);
    },
  };
}
