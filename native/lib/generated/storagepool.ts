// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle, nativeOf } from '../handle.ts';
import type { StorageVol } from '../volume.ts';

export abstract class StoragePoolCalls extends Handle {
  /** Currently only filesystem pool accepts flags VIR_STORAGE_POOL_BUILD_OVERWRITE and VIR_STORAGE_POOL_BUILD_NO_OVERWRITE. (virStoragePoolBuild, since 0.4.1) */
  build(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolBuild', opts, [flags >>> 0]);
  }

  /** Starts an inactive storage pool (virStoragePoolCreate, since 0.4.1) */
  create(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolCreate', opts, [flags >>> 0]);
  }

  /** Delete the underlying pool resources. (virStoragePoolDelete, since 0.4.1) */
  delete(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolDelete', opts, [flags >>> 0]);
  }

  /** Destroy an active storage pool. (virStoragePoolDestroy, since 0.4.1) */
  destroy(opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolDestroy', opts, []);
  }

  /** Fetches the value of the autostart flag, which determines whether the pool is automatically started at boot time (virStoragePoolGetAutostart, since 0.4.1) */
  getAutostart(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virStoragePoolGetAutostart', opts, []);
  }

  /** Get volatile information about the storage pool such as free space / usage summary (virStoragePoolGetInfo, since 0.4.1) */
  getInfo(opts?: CallOptions): Promise<{ state: number; capacity: bigint; allocation: bigint; available: bigint }> {
    return this.call<{ state: number; capacity: bigint; allocation: bigint; available: bigint }>('virStoragePoolGetInfo', opts, []);
  }

  /** Fetch the locally unique name of the storage pool (virStoragePoolGetName, since 0.4.1) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virStoragePoolGetName', opts, []);
  }

  /** Fetch the globally unique ID of the storage pool (virStoragePoolGetUUID, since 0.4.1) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virStoragePoolGetUUID', opts, []);
  }

  /** Fetch the globally unique ID of the storage pool as a string (virStoragePoolGetUUIDString, since 0.4.1) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virStoragePoolGetUUIDString', opts, []);
  }

  /** Fetch an XML document describing all aspects of the storage pool. (virStoragePoolGetXMLDesc, since 0.4.1) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virStoragePoolGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the storage pool is currently running (virStoragePoolIsActive, since 0.7.3) */
  isActive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virStoragePoolIsActive', opts, []);
  }

  /** Determine if the storage pool has a persistent configuration which means it will still exist after shutting down (virStoragePoolIsPersistent, since 0.7.3) */
  isPersistent(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virStoragePoolIsPersistent', opts, []);
  }

  /** Collect the list of storage volumes, and allocate an array to store those objects. (virStoragePoolListAllVolumes, since 0.10.2) */
  listAllVolumes(flags = 0, opts?: CallOptions): Promise<StorageVol[]> {
    return this.call<StorageVol[]>('virStoragePoolListAllVolumes', opts, [flags >>> 0]);
  }

  /** Fetch list of storage volume names, limiting to at most maxnames. (virStoragePoolListVolumes, since 0.4.1) */
  listVolumes(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virStoragePoolListVolumes', opts, []);
  }

  /** Fetch the number of storage volumes within a pool (virStoragePoolNumOfVolumes, since 0.4.1) */
  numOfVolumes(opts?: CallOptions): Promise<number> {
    return this.call<number>('virStoragePoolNumOfVolumes', opts, []);
  }

  /** Request that the pool refresh its list of volumes. (virStoragePoolRefresh, since 0.4.1) */
  refresh(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolRefresh', opts, [flags >>> 0]);
  }

  /** Configure the storage pool to be automatically started when the host machine boots. (virStoragePoolSetAutostart, since 0.4.1) */
  setAutostart(autostart: number | boolean, opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolSetAutostart', opts, [Number(autostart)]);
  }

  /** Undefine an inactive storage pool (virStoragePoolUndefine, since 0.4.1) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virStoragePoolUndefine', opts, []);
  }

  /** Create a storage volume within a pool based on an XML description. (virStorageVolCreateXML, since 0.4.1) */
  volCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<StorageVol> {
    return this.call<StorageVol>('virStorageVolCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Create a storage volume in the parent pool, using the 'clonevol' volume as input. (virStorageVolCreateXMLFrom, since 0.6.4) */
  volCreateXMLFrom(xmlDesc: string, clonevol: StorageVol, flags = 0, opts?: CallOptions): Promise<StorageVol> {
    return this.call<StorageVol>('virStorageVolCreateXMLFrom', opts, [xmlDesc, nativeOf(clonevol), flags >>> 0]);
  }

  /** Fetch a pointer to a storage volume based on its name within a pool (virStorageVolLookupByName, since 0.4.1) */
  volLookupByName(name: string, opts?: CallOptions): Promise<StorageVol> {
    return this.call<StorageVol>('virStorageVolLookupByName', opts, [name]);
  }
}
