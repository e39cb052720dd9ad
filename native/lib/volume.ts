import { StorageVolCalls } from './generated/storagevol.ts';
import type { NativeHandle } from './native.ts';

/** A volume of a storage pool. Its name and key were read with the handle, without a call. */
export class StorageVol extends StorageVolCalls {
  readonly name: string;
  readonly key: string;

  constructor(native: NativeHandle, name: string | null, key: string | null) {
    super(native);
    this.name = name ?? '';
    this.key = key ?? '';
  }
}
