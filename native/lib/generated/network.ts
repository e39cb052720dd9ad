// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';
import type { NetworkPort } from '../objects.ts';

export abstract class NetworkCalls extends Handle {
  /** Create and start a defined network. (virNetworkCreate, since 0.2.0) */
  create(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkCreate', opts, []);
  }

  /** Destroy the network object. (virNetworkDestroy, since 0.2.0) */
  destroy(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkDestroy', opts, []);
  }

  /** Provides a boolean value indicating whether the network configured to be automatically started when the host machine boots. (virNetworkGetAutostart, since 0.2.1) */
  getAutostart(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNetworkGetAutostart', opts, []);
  }

  /** Provides a bridge interface name to which a domain may connect a network interface in order to join the network. (virNetworkGetBridgeName, since 0.2.0) */
  getBridgeName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkGetBridgeName', opts, []);
  }

  /** Get the public name for that network (virNetworkGetName, since 0.2.0) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkGetName', opts, []);
  }

  /** Get the UUID for a network (virNetworkGetUUID, since 0.2.0) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virNetworkGetUUID', opts, []);
  }

  /** Get the UUID for a network as string. (virNetworkGetUUIDString, since 0.2.0) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkGetUUIDString', opts, []);
  }

  /** Provide an XML description of the network. (virNetworkGetXMLDesc, since 0.2.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virNetworkGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the network is currently running (virNetworkIsActive, since 0.7.3) */
  isActive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNetworkIsActive', opts, []);
  }

  /** Determine if the network has a persistent configuration which means it will still exist after shutting down (virNetworkIsPersistent, since 0.7.3) */
  isPersistent(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virNetworkIsPersistent', opts, []);
  }

  /** Collect the list of network ports, and allocate an array to store those objects. (virNetworkListAllPorts, since 5.5.0) */
  listAllPorts(flags = 0, opts?: CallOptions): Promise<NetworkPort[]> {
    return this.call<NetworkPort[]>('virNetworkListAllPorts', opts, [flags >>> 0]);
  }

  /** Create a new network port, based on an XML description similar to the one returned by virNetworkPortGetXMLDesc() (virNetworkPortCreateXML, since 5.5.0) */
  portCreateXML(xmldesc: string, flags = 0, opts?: CallOptions): Promise<NetworkPort> {
    return this.call<NetworkPort>('virNetworkPortCreateXML', opts, [xmldesc, flags >>> 0]);
  }

  /** Try to lookup a port on the given network based on its UUID. (virNetworkPortLookupByUUID, since 5.5.0) */
  portLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<NetworkPort> {
    return this.call<NetworkPort>('virNetworkPortLookupByUUID', opts, [uuid]);
  }

  /** Try to lookup a port on the given network based on its UUID. (virNetworkPortLookupByUUIDString, since 5.5.0) */
  portLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<NetworkPort> {
    return this.call<NetworkPort>('virNetworkPortLookupByUUIDString', opts, [uuidstr]);
  }

  /** Configure the network to be automatically started when the host machine boots. (virNetworkSetAutostart, since 0.2.1) */
  setAutostart(autostart: number | boolean, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkSetAutostart', opts, [Number(autostart)]);
  }

  /** Undefine a network but does not stop it if it is running (virNetworkUndefine, since 0.2.0) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkUndefine', opts, []);
  }

  /** Update the definition of an existing network, either its live running state, its persistent configuration, or both. (virNetworkUpdate, since 0.10.2) */
  update(command: number, section: number, parentIndex: number, xml: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNetworkUpdate', opts, [command, section, parentIndex, xml, flags >>> 0]);
  }
}
