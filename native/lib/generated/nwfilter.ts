// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';

export abstract class NWFilterCalls extends Handle {
  /** Get the public name for the network filter (virNWFilterGetName, since 0.8.0) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterGetName', opts, []);
  }

  /** Get the UUID for a network filter (virNWFilterGetUUID, since 0.8.0) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virNWFilterGetUUID', opts, []);
  }

  /** Get the UUID for a network filter as string. (virNWFilterGetUUIDString, since 0.8.0) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterGetUUIDString', opts, []);
  }

  /** Provide an XML description of the network filter. (virNWFilterGetXMLDesc, since 0.8.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Undefine the nwfilter object. (virNWFilterUndefine, since 0.8.0) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNWFilterUndefine', opts, []);
  }
}
