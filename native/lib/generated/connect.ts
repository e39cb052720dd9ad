// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';
import type { Domain } from '../domain.ts';
import type { Interface, NWFilter, NWFilterBinding, Network, NodeDevice, Secret, StoragePool } from '../objects.ts';
import type { StorageVol } from '../volume.ts';
import { encodeParams, type TypedParams, type TypedValues } from '../params.ts';

export abstract class ConnectCalls extends Handle {
  /** Computes the most feature-rich CPU which is compatible with all given host CPUs. (virConnectBaselineCPU, since 0.7.7) */
  baselineCPU(xmlCPUs: readonly string[], flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectBaselineCPU', opts, [xmlCPUs, flags >>> 0]);
  }

  /** Computes the most feature-rich CPU which is compatible with all given CPUs and can be provided by the specified hypervisor. (virConnectBaselineHypervisorCPU, since 4.4.0) */
  baselineHypervisorCPU(emulator: string | null, arch: string | null, machine: string | null, virttype: string | null, xmlCPUs: readonly string[], flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectBaselineHypervisorCPU', opts, [emulator, arch, machine, virttype, xmlCPUs, flags >>> 0]);
  }

  /** Compares the given CPU description with the host CPU. (virConnectCompareCPU, since 0.7.5) */
  compareCPU(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectCompareCPU', opts, [xmlDesc, flags >>> 0]);
  }

  /** Compares the given CPU description with the CPU the specified hypervisor is able to provide on the host. (virConnectCompareHypervisorCPU, since 4.4.0) */
  compareHypervisorCPU(emulator: string | null, arch: string | null, machine: string | null, virttype: string | null, xmlCPU: string | null, flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectCompareHypervisorCPU', opts, [emulator, arch, machine, virttype, xmlCPU, flags >>> 0]);
  }

  /** Reads native configuration data describing a domain, and generates libvirt domain XML. (virConnectDomainXMLFromNative, since 0.6.4) */
  domainXMLFromNative(nativeFormat: string, nativeConfig: string, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectDomainXMLFromNative', opts, [nativeFormat, nativeConfig, flags >>> 0]);
  }

  /** Reads a domain XML configuration document, and generates a native configuration file describing the domain. (virConnectDomainXMLToNative, since 0.6.4) */
  domainXMLToNative(nativeFormat: string, domainXml: string, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectDomainXMLToNative', opts, [nativeFormat, domainXml, flags >>> 0]);
  }

  /** Talks to a storage backend and attempts to auto-discover the set of available storage pool sources. (virConnectFindStoragePoolSources, since 0.4.5) */
  findStoragePoolSources(type: string | null, srcSpec: string | null, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectFindStoragePoolSources', opts, [type, srcSpec, flags >>> 0]);
  }

  /** Get the list of CPU models supported by libvirt for a specific architecture. (virConnectGetCPUModelNames, since 1.1.3) */
  getCPUModelNames(arch: string | null, flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectGetCPUModelNames', opts, [arch, flags >>> 0]);
  }

  /** Provides capabilities of the hypervisor / driver. (virConnectGetCapabilities, since 0.2.1) */
  getCapabilities(opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetCapabilities', opts, []);
  }

  /** Prior creating a domain (for instance via virDomainCreateXML or virDomainDefineXML) it may be suitable to know what the underlying emulator and/or libvirt is capable of. (virConnectGetDomainCapabilities, since 1.2.7) */
  getDomainCapabilities(emulatorbin: string | null, arch: string | null, machine: string | null, virttype: string | null, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetDomainCapabilities', opts, [emulatorbin, arch, machine, virttype, flags >>> 0]);
  }

  /** This returns a system hostname on which the hypervisor is running (based on the result of the gethostname system call, but possibly expanded to a fully-qualified domain name via getaddrinfo). (virConnectGetHostname, since 0.3.0) */
  getHostname(opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetHostname', opts, []);
  }

  /** Provides @libVer, which is the version of libvirt used by the daemon running on the @conn host (virConnectGetLibVersion, since 0.7.3) */
  getLibVersion(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectGetLibVersion', opts, []);
  }

  /** Provides the maximum number of virtual CPUs supported for a guest VM of a specific type. (virConnectGetMaxVcpus, since 0.2.1) */
  getMaxVcpus(type: string | null, opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectGetMaxVcpus', opts, [type]);
  }

  /** Prior creating a storage pool (for instance via virStoragePoolCreateXML or virStoragePoolDefineXML) it may be suitable to know what pool types are supported along with the file/disk formats for each pool. (virConnectGetStoragePoolCapabilities, since 5.2.0) */
  getStoragePoolCapabilities(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetStoragePoolCapabilities', opts, [flags >>> 0]);
  }

  /** This returns the XML description of the sysinfo details for the host on which the hypervisor is running, in the same format as the <sysinfo> element of a domain XML. (virConnectGetSysinfo, since 0.8.8) */
  getSysinfo(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetSysinfo', opts, [flags >>> 0]);
  }

  /** Get the name of the Hypervisor driver used. (virConnectGetType, since 0.0.3) */
  getType(opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetType', opts, []);
  }

  /** This returns the URI (name) of the hypervisor connection. (virConnectGetURI, since 0.3.0) */
  getURI(opts?: CallOptions): Promise<string> {
    return this.call<string>('virConnectGetURI', opts, []);
  }

  /** Get the version level of the Hypervisor running. (virConnectGetVersion, since 0.0.3) */
  getVersion(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectGetVersion', opts, []);
  }

  /** Determine if the connection to the hypervisor is still alive (virConnectIsAlive, since 0.9.8) */
  isAlive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virConnectIsAlive', opts, []);
  }

  /** Determine if the connection to the hypervisor is encrypted (virConnectIsEncrypted, since 0.7.3) */
  isEncrypted(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virConnectIsEncrypted', opts, []);
  }

  /** Determine if the connection to the hypervisor is secure (virConnectIsSecure, since 0.7.3) */
  isSecure(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virConnectIsSecure', opts, []);
  }

  /** Collect a possibly-filtered list of all domains, and return an allocated array of information for each. (virConnectListAllDomains, since 0.9.13) */
  listAllDomains(flags = 0, opts?: CallOptions): Promise<Domain[]> {
    return this.call<Domain[]>('virConnectListAllDomains', opts, [flags >>> 0]);
  }

  /** Collect the list of interfaces, and allocate an array to store those objects. (virConnectListAllInterfaces, since 0.10.2) */
  listAllInterfaces(flags = 0, opts?: CallOptions): Promise<Interface[]> {
    return this.call<Interface[]>('virConnectListAllInterfaces', opts, [flags >>> 0]);
  }

  /** Collect the list of network filters, and allocate an array to store those objects. (virConnectListAllNWFilterBindings, since 4.5.0) */
  listAllNWFilterBindings(flags = 0, opts?: CallOptions): Promise<NWFilterBinding[]> {
    return this.call<NWFilterBinding[]>('virConnectListAllNWFilterBindings', opts, [flags >>> 0]);
  }

  /** Collect the list of network filters, and allocate an array to store those objects. (virConnectListAllNWFilters, since 0.10.2) */
  listAllNWFilters(flags = 0, opts?: CallOptions): Promise<NWFilter[]> {
    return this.call<NWFilter[]>('virConnectListAllNWFilters', opts, [flags >>> 0]);
  }

  /** Collect the list of networks, and allocate an array to store those objects. (virConnectListAllNetworks, since 0.10.2) */
  listAllNetworks(flags = 0, opts?: CallOptions): Promise<Network[]> {
    return this.call<Network[]>('virConnectListAllNetworks', opts, [flags >>> 0]);
  }

  /** Collect the list of node devices, and allocate an array to store those objects. (virConnectListAllNodeDevices, since 0.10.2) */
  listAllNodeDevices(flags = 0, opts?: CallOptions): Promise<NodeDevice[]> {
    return this.call<NodeDevice[]>('virConnectListAllNodeDevices', opts, [flags >>> 0]);
  }

  /** Collect the list of secrets, and allocate an array to store those objects. (virConnectListAllSecrets, since 0.10.2) */
  listAllSecrets(flags = 0, opts?: CallOptions): Promise<Secret[]> {
    return this.call<Secret[]>('virConnectListAllSecrets', opts, [flags >>> 0]);
  }

  /** Collect the list of storage pools, and allocate an array to store those objects. (virConnectListAllStoragePools, since 0.10.2) */
  listAllStoragePools(flags = 0, opts?: CallOptions): Promise<StoragePool[]> {
    return this.call<StoragePool[]>('virConnectListAllStoragePools', opts, [flags >>> 0]);
  }

  /** list the defined but inactive domains, stores the pointers to the names in @names (virConnectListDefinedDomains, since 0.1.1) */
  listDefinedDomains(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListDefinedDomains', opts, []);
  }

  /** Collect the list of defined (inactive) physical host interfaces, and store their names in @names. (virConnectListDefinedInterfaces, since 0.7.0) */
  listDefinedInterfaces(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListDefinedInterfaces', opts, []);
  }

  /** list the inactive networks, stores the pointers to the names in @names (virConnectListDefinedNetworks, since 0.2.0) */
  listDefinedNetworks(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListDefinedNetworks', opts, []);
  }

  /** Provides the list of names of inactive storage pools up to maxnames. (virConnectListDefinedStoragePools, since 0.4.1) */
  listDefinedStoragePools(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListDefinedStoragePools', opts, []);
  }

  /** Collect the list of active physical host interfaces, and store their names in @names (virConnectListInterfaces, since 0.6.4) */
  listInterfaces(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListInterfaces', opts, []);
  }

  /** Collect the list of network filters, and store their names in @names (virConnectListNWFilters, since 0.8.0) */
  listNWFilters(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListNWFilters', opts, []);
  }

  /** Collect the list of active networks, and store their names in @names (virConnectListNetworks, since 0.2.0) */
  listNetworks(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListNetworks', opts, []);
  }

  /** List UUIDs of defined secrets, store pointers to names in uuids. (virConnectListSecrets, since 0.7.1) */
  listSecrets(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListSecrets', opts, []);
  }

  /** Provides the list of names of active storage pools up to maxnames. (virConnectListStoragePools, since 0.4.1) */
  listStoragePools(opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virConnectListStoragePools', opts, []);
  }

  /** Provides the number of defined but inactive domains. (virConnectNumOfDefinedDomains, since 0.1.5) */
  numOfDefinedDomains(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfDefinedDomains', opts, []);
  }

  /** Provides the number of defined (inactive) interfaces on the physical host. (virConnectNumOfDefinedInterfaces, since 0.7.0) */
  numOfDefinedInterfaces(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfDefinedInterfaces', opts, []);
  }

  /** Provides the number of inactive networks. (virConnectNumOfDefinedNetworks, since 0.2.0) */
  numOfDefinedNetworks(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfDefinedNetworks', opts, []);
  }

  /** Provides the number of inactive storage pools (virConnectNumOfDefinedStoragePools, since 0.4.1) */
  numOfDefinedStoragePools(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfDefinedStoragePools', opts, []);
  }

  /** Provides the number of active domains. (virConnectNumOfDomains, since 0.0.3) */
  numOfDomains(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfDomains', opts, []);
  }

  /** Provides the number of active interfaces on the physical host. (virConnectNumOfInterfaces, since 0.6.4) */
  numOfInterfaces(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfInterfaces', opts, []);
  }

  /** Provides the number of nwfilters. (virConnectNumOfNWFilters, since 0.8.0) */
  numOfNWFilters(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfNWFilters', opts, []);
  }

  /** Provides the number of active networks. (virConnectNumOfNetworks, since 0.2.0) */
  numOfNetworks(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfNetworks', opts, []);
  }

  /** Fetch number of currently defined secrets. (virConnectNumOfSecrets, since 0.7.1) */
  numOfSecrets(opts?: CallOptions): Promise<void> {
    return this.call<void>('virConnectNumOfSecrets', opts, []);
  }

  /** Provides the number of active storage pools (virConnectNumOfStoragePools, since 0.4.1) */
  numOfStoragePools(opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectNumOfStoragePools', opts, []);
  }

  /** Override the default identity information associated with the connection. (virConnectSetIdentity, since 5.8.0) */
  setIdentity(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virConnectSetIdentity', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Start sending keepalive messages after @interval seconds of inactivity and consider the connection to be broken when no response is received after @count keepalive messages sent in a row. (virConnectSetKeepAlive, since 0.9.8) */
  setKeepAlive(interval: number, count: number, opts?: CallOptions): Promise<number> {
    return this.call<number>('virConnectSetKeepAlive', opts, [interval, count]);
  }

  /** Deprecated after 0.4.6. (virDomainCreateLinux, since 0.0.3) */
  domainCreateLinux(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainCreateLinux', opts, [xmlDesc, flags >>> 0]);
  }

  /** Launch a new guest domain, based on an XML description similar to the one returned by virDomainGetXMLDesc() This function may require privileged access to the hypervisor. (virDomainCreateXML, since 0.5.0) */
  domainCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Define a domain, but does not start it. (virDomainDefineXML, since 0.1.1) */
  domainDefineXML(xml: string, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainDefineXML', opts, [xml]);
  }

  /** Defines a domain, but does not start it. (virDomainDefineXMLFlags, since 1.2.12) */
  domainDefineXMLFlags(xml: string, flags = 0, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainDefineXMLFlags', opts, [xml, flags >>> 0]);
  }

  /** Try to find a domain based on the hypervisor ID number Note that this won't work for inactive domains which have an ID of -1, in that case a lookup based on the Name or UUID need to be done instead. (virDomainLookupByID, since 0.0.3) */
  domainLookupByID(id: number, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainLookupByID', opts, [id]);
  }

  /** Try to lookup a domain on the given hypervisor based on its name. (virDomainLookupByName, since 0.0.3) */
  domainLookupByName(name: string, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainLookupByName', opts, [name]);
  }

  /** Try to lookup a domain on the given hypervisor based on its UUID. (virDomainLookupByUUID, since 0.0.5) */
  domainLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainLookupByUUID', opts, [uuid]);
  }

  /** Try to lookup a domain on the given hypervisor based on its UUID. (virDomainLookupByUUIDString, since 0.1.1) */
  domainLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainLookupByUUIDString', opts, [uuidstr]);
  }

  /** This API is QEMU specific, so it will only work with hypervisor connections to the QEMU driver. (virDomainQemuAttach, since 0.9.4) */
  domainQemuAttach(pidValue: number, flags = 0, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainQemuAttach', opts, [pidValue, flags >>> 0]);
  }

  /** This method will restore a domain saved to disk by virDomainSave(). (virDomainRestore, since 0.0.3) */
  domainRestore(from: string, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainRestore', opts, [from]);
  }

  /** This method will restore a domain saved to disk by virDomainSave(). (virDomainRestoreFlags, since 0.9.4) */
  domainRestoreFlags(from: string, dxml: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainRestoreFlags', opts, [from, dxml, flags >>> 0]);
  }

  /** This method extends virDomainRestoreFlags by adding parameters. (virDomainRestoreParams, since 8.4.0) */
  domainRestoreParams(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainRestoreParams', opts, [encodeParams(params), flags >>> 0]);
  }

  /** This updates the definition of a domain stored in a saved state file. (virDomainSaveImageDefineXML, since 0.9.4) */
  domainSaveImageDefineXML(file: string | null, dxml: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSaveImageDefineXML', opts, [file, dxml, flags >>> 0]);
  }

  /** This method will extract the XML describing the domain at the time a saved state file was created. (virDomainSaveImageGetXMLDesc, since 0.9.4) */
  domainSaveImageGetXMLDesc(file: string | null, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainSaveImageGetXMLDesc', opts, [file, flags >>> 0]);
  }

  /** This function creates a restore point to which one can return later by calling virInterfaceChangeRollback(). (virInterfaceChangeBegin, since 0.9.2) */
  interfaceChangeBegin(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceChangeBegin', opts, [flags >>> 0]);
  }

  /** This commits the changes made to interfaces and frees the restore point created by virInterfaceChangeBegin(). (virInterfaceChangeCommit, since 0.9.2) */
  interfaceChangeCommit(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceChangeCommit', opts, [flags >>> 0]);
  }

  /** This cancels changes made to interfaces settings by restoring previous state created by virInterfaceChangeBegin(). (virInterfaceChangeRollback, since 0.9.2) */
  interfaceChangeRollback(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virInterfaceChangeRollback', opts, [flags >>> 0]);
  }

  /** Define an inactive persistent physical host interface or modify an existing persistent one from the XML description. (virInterfaceDefineXML, since 0.6.4) */
  interfaceDefineXML(xml: string, flags = 0, opts?: CallOptions): Promise<Interface> {
    return this.call<Interface>('virInterfaceDefineXML', opts, [xml, flags >>> 0]);
  }

  /** Try to lookup an interface on the given hypervisor based on its MAC. (virInterfaceLookupByMACString, since 0.6.4) */
  interfaceLookupByMACString(macstr: string, opts?: CallOptions): Promise<Interface> {
    return this.call<Interface>('virInterfaceLookupByMACString', opts, [macstr]);
  }

  /** Try to lookup an interface on the given hypervisor based on its name. (virInterfaceLookupByName, since 0.6.4) */
  interfaceLookupByName(name: string, opts?: CallOptions): Promise<Interface> {
    return this.call<Interface>('virInterfaceLookupByName', opts, [name]);
  }

  /** Define a new network filter, based on an XML description similar to the one returned by virNWFilterGetXMLDesc(). (virNWFilterBindingCreateXML, since 4.5.0) */
  nwFilterBindingCreateXML(xml: string, flags = 0, opts?: CallOptions): Promise<NWFilterBinding> {
    return this.call<NWFilterBinding>('virNWFilterBindingCreateXML', opts, [xml, flags >>> 0]);
  }

  /** Try to lookup a network filter binding on the given hypervisor based on network port device name. (virNWFilterBindingLookupByPortDev, since 4.5.0) */
  nwFilterBindingLookupByPortDev(portdev: string, opts?: CallOptions): Promise<NWFilterBinding> {
    return this.call<NWFilterBinding>('virNWFilterBindingLookupByPortDev', opts, [portdev]);
  }

  /** Define a new network filter, based on an XML description similar to the one returned by virNWFilterGetXMLDesc() (virNWFilterDefineXML, since 0.8.0) */
  nwFilterDefineXML(xmlDesc: string, opts?: CallOptions): Promise<NWFilter> {
    return this.call<NWFilter>('virNWFilterDefineXML', opts, [xmlDesc]);
  }

  /** Define a new network filter, based on an XML description similar to the one returned by virNWFilterGetXMLDesc() (virNWFilterDefineXMLFlags, since 7.7.0) */
  nwFilterDefineXMLFlags(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<NWFilter> {
    return this.call<NWFilter>('virNWFilterDefineXMLFlags', opts, [xmlDesc, flags >>> 0]);
  }

  /** Try to lookup a network filter on the given hypervisor based on its name. (virNWFilterLookupByName, since 0.8.0) */
  nwFilterLookupByName(name: string, opts?: CallOptions): Promise<NWFilter> {
    return this.call<NWFilter>('virNWFilterLookupByName', opts, [name]);
  }

  /** Try to lookup a network filter on the given hypervisor based on its UUID. (virNWFilterLookupByUUID, since 0.8.0) */
  nwFilterLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<NWFilter> {
    return this.call<NWFilter>('virNWFilterLookupByUUID', opts, [uuid]);
  }

  /** Try to lookup an nwfilter on the given hypervisor based on its UUID. (virNWFilterLookupByUUIDString, since 0.8.0) */
  nwFilterLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<NWFilter> {
    return this.call<NWFilter>('virNWFilterLookupByUUIDString', opts, [uuidstr]);
  }

  /** Create and start a new virtual network, based on an XML description similar to the one returned by virNetworkGetXMLDesc() (virNetworkCreateXML, since 0.2.0) */
  networkCreateXML(xmlDesc: string, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkCreateXML', opts, [xmlDesc]);
  }

  /** Create and start a new virtual network, based on an XML description similar to the one returned by virNetworkGetXMLDesc() (virNetworkCreateXMLFlags, since 7.8.0) */
  networkCreateXMLFlags(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkCreateXMLFlags', opts, [xmlDesc, flags >>> 0]);
  }

  /** Define an inactive persistent virtual network or modify an existing persistent one from the XML description. (virNetworkDefineXML, since 0.2.0) */
  networkDefineXML(xml: string, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkDefineXML', opts, [xml]);
  }

  /** Define an inactive persistent virtual network or modify an existing persistent one from the XML description. (virNetworkDefineXMLFlags, since 7.7.0) */
  networkDefineXMLFlags(xml: string, flags = 0, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkDefineXMLFlags', opts, [xml, flags >>> 0]);
  }

  /** Try to lookup a network on the given hypervisor based on its name. (virNetworkLookupByName, since 0.2.0) */
  networkLookupByName(name: string, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkLookupByName', opts, [name]);
  }

  /** Try to lookup a network on the given hypervisor based on its UUID. (virNetworkLookupByUUID, since 0.2.0) */
  networkLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkLookupByUUID', opts, [uuid]);
  }

  /** Try to lookup a network on the given hypervisor based on its UUID. (virNetworkLookupByUUIDString, since 0.2.0) */
  networkLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<Network> {
    return this.call<Network>('virNetworkLookupByUUIDString', opts, [uuidstr]);
  }

  /** Create a new device on the VM host machine, for example, virtual HBAs created using vport_create. (virNodeDeviceCreateXML, since 0.6.3) */
  nodeDeviceCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<NodeDevice> {
    return this.call<NodeDevice>('virNodeDeviceCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Define a new device on the VM host machine, for example, a mediated device (virNodeDeviceDefineXML, since 7.3.0) */
  nodeDeviceDefineXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<NodeDevice> {
    return this.call<NodeDevice>('virNodeDeviceDefineXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Lookup a node device by its name. (virNodeDeviceLookupByName, since 0.5.0) */
  nodeDeviceLookupByName(name: string, opts?: CallOptions): Promise<NodeDevice> {
    return this.call<NodeDevice>('virNodeDeviceLookupByName', opts, [name]);
  }

  /** Lookup SCSI Host which is capable with 'fc_host' by its WWNN and WWPN. (virNodeDeviceLookupSCSIHostByWWN, since 1.0.3) */
  nodeDeviceLookupSCSIHostByWWN(wwnn: string | null, wwpn: string | null, flags = 0, opts?: CallOptions): Promise<NodeDevice> {
    return this.call<NodeDevice>('virNodeDeviceLookupSCSIHostByWWN', opts, [wwnn, wwpn, flags >>> 0]);
  }

  /** provides the free memory available on the Node Note: most libvirt APIs provide memory sizes in kibibytes, but in this function the returned value is in bytes. (virNodeGetFreeMemory, since 0.3.3) */
  nodeGetFreeMemory(opts?: CallOptions): Promise<bigint> {
    return this.call<bigint>('virNodeGetFreeMemory', opts, []);
  }

  /** Extract hardware information about the node. (virNodeGetInfo, since 0.1.0) */
  nodeGetInfo(opts?: CallOptions): Promise<{ model: string; memory: number; cpus: number; mhz: number; nodes: number; sockets: number; cores: number; threads: number }> {
    return this.call<{ model: string; memory: number; cpus: number; mhz: number; nodes: number; sockets: number; cores: number; threads: number }>('virNodeGetInfo', opts, []);
  }

  /** Get all node memory parameters (parameters unsupported by OS will be omitted). (virNodeGetMemoryParameters, since 0.10.2) */
  nodeGetMemoryParameters(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virNodeGetMemoryParameters', opts, [flags >>> 0]);
  }

  /** If hypervisor supports AMD's SEV feature, then @params will contain various platform specific information like PDH and certificate chain. (virNodeGetSEVInfo, since 4.5.0) */
  nodeGetSEVInfo(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virNodeGetSEVInfo', opts, [flags >>> 0]);
  }

  /** Extract the security model of a hypervisor. (virNodeGetSecurityModel, since 0.6.1) */
  nodeGetSecurityModel(opts?: CallOptions): Promise<{ model: string; doi: string }> {
    return this.call<{ model: string; doi: string }>('virNodeGetSecurityModel', opts, []);
  }

  /** Collect the list of node devices, and store their names in @names (virNodeListDevices, since 0.5.0) */
  nodeListDevices(cap: string | null, flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virNodeListDevices', opts, [cap, flags >>> 0]);
  }

  /** Provides the number of node devices. (virNodeNumOfDevices, since 0.5.0) */
  nodeNumOfDevices(cap: string | null, flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virNodeNumOfDevices', opts, [cap, flags >>> 0]);
  }

  /** Change all or a subset of the node memory tunables. (virNodeSetMemoryParameters, since 0.10.2) */
  nodeSetMemoryParameters(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeSetMemoryParameters', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Attempt to suspend the node (host machine) for the given duration of time in the specified state (Suspend-to-RAM, Suspend-to-Disk or Hybrid-Suspend). (virNodeSuspendForDuration, since 0.9.8) */
  nodeSuspendForDuration(target: number, duration: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virNodeSuspendForDuration', opts, [target, duration, flags >>> 0]);
  }

  /** If XML specifies a UUID, locates the specified secret and replaces all attributes of the secret specified by UUID by attributes specified in xml (any attributes not specified in xml are discarded). (virSecretDefineXML, since 0.7.1) */
  secretDefineXML(xml: string, flags = 0, opts?: CallOptions): Promise<Secret> {
    return this.call<Secret>('virSecretDefineXML', opts, [xml, flags >>> 0]);
  }

  /** Try to lookup a secret on the given hypervisor based on its UUID. (virSecretLookupByUUID, since 0.7.1) */
  secretLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<Secret> {
    return this.call<Secret>('virSecretLookupByUUID', opts, [uuid]);
  }

  /** Try to lookup a secret on the given hypervisor based on its UUID. (virSecretLookupByUUIDString, since 0.7.1) */
  secretLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<Secret> {
    return this.call<Secret>('virSecretLookupByUUIDString', opts, [uuidstr]);
  }

  /** Try to lookup a secret on the given hypervisor based on its usage The usageID is unique within the set of secrets sharing the same usageType value. (virSecretLookupByUsage, since 0.7.1) */
  secretLookupByUsage(usageType: number, usageID: string | null, opts?: CallOptions): Promise<Secret> {
    return this.call<Secret>('virSecretLookupByUsage', opts, [usageType, usageID]);
  }

  /** Create a new storage based on its XML description. (virStoragePoolCreateXML, since 0.4.1) */
  storagePoolCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Define an inactive persistent storage pool or modify an existing persistent one from the XML description. (virStoragePoolDefineXML, since 0.4.1) */
  storagePoolDefineXML(xml: string, flags = 0, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolDefineXML', opts, [xml, flags >>> 0]);
  }

  /** Fetch a storage pool based on its unique name (virStoragePoolLookupByName, since 0.4.1) */
  storagePoolLookupByName(name: string, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolLookupByName', opts, [name]);
  }

  /** Fetch a storage pool which maps to a particular target directory. (virStoragePoolLookupByTargetPath, since 4.1.0) */
  storagePoolLookupByTargetPath(path: string, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolLookupByTargetPath', opts, [path]);
  }

  /** Fetch a storage pool based on its globally unique id (virStoragePoolLookupByUUID, since 0.4.1) */
  storagePoolLookupByUUID(uuid: Uint8Array, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolLookupByUUID', opts, [uuid]);
  }

  /** Fetch a storage pool based on its globally unique id (virStoragePoolLookupByUUIDString, since 0.4.1) */
  storagePoolLookupByUUIDString(uuidstr: string, opts?: CallOptions): Promise<StoragePool> {
    return this.call<StoragePool>('virStoragePoolLookupByUUIDString', opts, [uuidstr]);
  }

  /** Fetch a pointer to a storage volume based on its globally unique key (virStorageVolLookupByKey, since 0.4.1) */
  storageVolLookupByKey(key: string | null, opts?: CallOptions): Promise<StorageVol> {
    return this.call<StorageVol>('virStorageVolLookupByKey', opts, [key]);
  }

  /** Fetch a pointer to a storage volume based on its locally (host) unique path (virStorageVolLookupByPath, since 0.4.1) */
  storageVolLookupByPath(path: string, opts?: CallOptions): Promise<StorageVol> {
    return this.call<StorageVol>('virStorageVolLookupByPath', opts, [path]);
  }
}
