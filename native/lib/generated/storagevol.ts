// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle, nativeOf } from '../handle.ts';
import type { StoragePool } from '../objects.ts';
import type { Stream } from '../stream.ts';

export abstract class StorageVolCalls extends Handle {
  /** Fetch a storage pool which contains a particular volume (virStoragePoolLookupByVolume, since 0.4.1) */
  poolLookupByVolume(opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolLookupByVolume', opts, []);
  }

  /** Delete the storage volume from the pool (virStorageVolDelete, since 0.4.1) */
  delete(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolDelete', opts, [flags >>> 0]);
  }

  /** Download the content of the volume as a stream. (virStorageVolDownload, since 0.9.0) */
  download(stream: Stream, offset: bigint | number, length: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolDownload', opts, [nativeOf(stream), offset, length, flags >>> 0]);
  }

  /** Fetches volatile information about the storage volume such as its current allocation (virStorageVolGetInfo, since 0.4.1) */
  getInfo(opts?: CallOptions): Promise<{ type: number; capacity: bigint; allocation: bigint }> {
    return this.call<{ type: number; capacity: bigint; allocation: bigint }>('virStorageVolGetInfo', opts, []);
  }

  /** Fetches volatile information about the storage volume such as its current allocation. (virStorageVolGetInfoFlags, since 3.0.0) */
  getInfoFlags(flags = 0, opts?: CallOptions): Promise<{ type: number; capacity: bigint; allocation: bigint }> {
    return this.call<{ type: number; capacity: bigint; allocation: bigint }>('virStorageVolGetInfoFlags', opts, [flags >>> 0]);
  }

  /** Fetch the storage volume key. (virStorageVolGetKey, since 0.4.1) */
  getKey(opts?: CallOptions): Promise<string> {
    return this.call<string>('virStorageVolGetKey', opts, []);
  }

  /** Fetch the storage volume name. (virStorageVolGetName, since 0.4.1) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virStorageVolGetName', opts, []);
  }

  /** Fetch the storage volume path. (virStorageVolGetPath, since 0.4.1) */
  getPath(opts?: CallOptions): Promise<string> {
    return this.call<string>('virStorageVolGetPath', opts, []);
  }

  /** Fetch an XML document describing all aspects of the storage volume (virStorageVolGetXMLDesc, since 0.4.1) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virStorageVolGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Changes the capacity of the storage volume @vol to @capacity. (virStorageVolResize, since 0.9.10) */
  resize(capacity: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolResize', opts, [capacity, flags >>> 0]);
  }

  /** Upload new content to the volume from a stream. (virStorageVolUpload, since 0.9.0) */
  upload(stream: Stream, offset: bigint | number, length: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolUpload', opts, [nativeOf(stream), offset, length, flags >>> 0]);
  }

  /** Ensure data previously on a volume is not accessible to future reads. (virStorageVolWipe, since 0.8.0) */
  wipe(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolWipe', opts, [flags >>> 0]);
  }

  /** Similar to virStorageVolWipe, but one can choose between different wiping algorithms. (virStorageVolWipePattern, since 0.9.10) */
  wipePattern(algorithm: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStorageVolWipePattern', opts, [algorithm, flags >>> 0]);
  }
}
