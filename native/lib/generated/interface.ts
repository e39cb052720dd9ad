// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';

export abstract class InterfaceCalls extends Handle {
  /** Activate an interface (i.e. (virInterfaceCreate, since 0.6.4) */
  create(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceCreate', opts, [flags >>> 0]);
  }

  /** deactivate an interface (ie call "ifdown") This does not remove the interface from the config, and does not free the associated virInterfacePtr object. (virInterfaceDestroy, since 0.6.4) */
  destroy(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceDestroy', opts, [flags >>> 0]);
  }

  /** Get the MAC for an interface as string. (virInterfaceGetMACString, since 0.6.4) */
  getMACString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virInterfaceGetMACString', opts, []);
  }

  /** Get the public name for that interface (virInterfaceGetName, since 0.6.4) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virInterfaceGetName', opts, []);
  }

  /** VIR_INTERFACE_XML_INACTIVE - return the static configuration, suitable for use redefining the interface via virInterfaceDefineXML() (virInterfaceGetXMLDesc, since 0.6.4) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virInterfaceGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the interface is currently running (virInterfaceIsActive, since 0.7.3) */
  isActive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virInterfaceIsActive', opts, []);
  }

  /** Undefine an interface, ie remove it from the config. (virInterfaceUndefine, since 0.6.4) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceUndefine', opts, []);
  }
}
