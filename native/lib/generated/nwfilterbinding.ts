// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';

export abstract class NWFilterBindingCalls extends Handle {
  /** Delete the binding object. (virNWFilterBindingDelete, since 4.5.0) */
  delete(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNWFilterBindingDelete', opts, []);
  }

  /** Get the filter name for the network filter binding (virNWFilterBindingGetFilterName, since 4.5.0) */
  getFilterName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterBindingGetFilterName', opts, []);
  }

  /** Get the port dev name for the network filter binding (virNWFilterBindingGetPortDev, since 4.5.0) */
  getPortDev(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterBindingGetPortDev', opts, []);
  }

  /** Provide an XML description of the network filter. (virNWFilterBindingGetXMLDesc, since 4.5.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virNWFilterBindingGetXMLDesc', opts, [flags >>> 0]);
  }
}
