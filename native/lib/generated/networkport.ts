// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';
import { encodeParams, type TypedParams, type TypedValues } from '../params.ts';

export abstract class NetworkPortCalls extends Handle {
  /** Delete the network port. (virNetworkPortDelete, since 5.5.0) */
  delete(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkPortDelete', opts, [flags >>> 0]);
  }

  /** Get all interface parameters. (virNetworkPortGetParameters, since 5.5.0) */
  getParameters(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virNetworkPortGetParameters', opts, [flags >>> 0]);
  }

  /** Get the UUID for a network port (virNetworkPortGetUUID, since 5.5.0) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virNetworkPortGetUUID', opts, []);
  }

  /** Get the UUID for a network as string. (virNetworkPortGetUUIDString, since 5.5.0) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkPortGetUUIDString', opts, []);
  }

  /** Provide an XML description of the network port. (virNetworkPortGetXMLDesc, since 5.5.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkPortGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Change a subset or all parameters of the network port; currently this includes bandwidth parameters. (virNetworkPortSetParameters, since 5.5.0) */
  setParameters(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkPortSetParameters', opts, [encodeParams(params), flags >>> 0]);
  }
}
