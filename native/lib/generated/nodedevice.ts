// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';

export abstract class NodeDeviceCalls extends Handle {
  /** Start a defined node device: (virNodeDeviceCreate, since 7.3.0) */
  create(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceCreate', opts, [flags >>> 0]);
  }

  /** Destroy the device object. (virNodeDeviceDestroy, since 0.6.3) */
  destroy(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceDestroy', opts, []);
  }

  /** Detach the node device from the node itself so that it may be assigned to a guest domain. (virNodeDeviceDetachFlags, since 1.0.5) */
  detachFlags(driverName: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceDetachFlags', opts, [driverName, flags >>> 0]);
  }

  /** Detach the node device from the node itself so that it may be assigned to a guest domain. (virNodeDeviceDettach, since 0.6.1) */
  dettach(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceDettach', opts, []);
  }

  /** Provides a boolean value indicating whether the node device is configured to be automatically started when the host machine boots or the parent device becomes available. (virNodeDeviceGetAutostart, since 7.8.0) */
  getAutostart(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNodeDeviceGetAutostart', opts, []);
  }

  /** Just return the device name (virNodeDeviceGetName, since 0.5.0) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNodeDeviceGetName', opts, []);
  }

  /** Accessor for the parent of the device (virNodeDeviceGetParent, since 0.5.0) */
  getParent(opts?: CallOptions): Promise<string | null> {
    return this.call<string | null>('virNodeDeviceGetParent', opts, []);
  }

  /** Fetch an XML document describing all aspects of the device. (virNodeDeviceGetXMLDesc, since 0.5.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virNodeDeviceGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the node device is currently active (virNodeDeviceIsActive, since 7.8.0) */
  isActive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNodeDeviceIsActive', opts, []);
  }

  /** Determine if the node device has a persistent configuration which means it will still exist after shutting down (virNodeDeviceIsPersistent, since 7.8.0) */
  isPersistent(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNodeDeviceIsPersistent', opts, []);
  }

  /** Lists the names of the capabilities supported by the device. (virNodeDeviceListCaps, since 0.5.0) */
  listCaps(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virNodeDeviceListCaps', opts, []);
  }

  /** Accessor for the number of capabilities supported by the device. (virNodeDeviceNumOfCaps, since 0.5.0) */
  numOfCaps(opts?: CallOptions): Promise<number> {
    return this.call<number>('virNodeDeviceNumOfCaps', opts, []);
  }

  /** Re-attach a previously detached node device to the node so that it may be used by the node again. (virNodeDeviceReAttach, since 0.6.1) */
  reAttach(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceReAttach', opts, []);
  }

  /** Reset a previously detached node device to the node before or after assigning it to a guest. (virNodeDeviceReset, since 0.6.1) */
  reset(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceReset', opts, []);
  }

  /** Configure the node device to be automatically started when the host machine boots or the parent device becomes available. (virNodeDeviceSetAutostart, since 7.8.0) */
  setAutostart(autostart: number | boolean, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceSetAutostart', opts, [Number(autostart)]);
  }

  /** Undefine the device object. (virNodeDeviceUndefine, since 7.3.0) */
  undefine(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeDeviceUndefine', opts, [flags >>> 0]);
  }
}
