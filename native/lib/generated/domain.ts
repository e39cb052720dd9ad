// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle, nativeOf } from '../handle.ts';
import type { Connect } from '../connect.ts';
import type { Domain } from '../domain.ts';
import type { DomainCheckpoint, DomainSnapshot } from '../objects.ts';
import type { Stream } from '../stream.ts';
import { encodeParams, type TypedParams, type TypedValues } from '../params.ts';

export abstract class DomainCalls extends Handle {
  /** Requests that the current background job be aborted at the soonest opportunity. (virDomainAbortJob, since 0.7.7) */
  abortJob(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAbortJob', opts, []);
  }

  /** Requests that the current background job be aborted at the soonest opportunity. (virDomainAbortJobFlags, since 8.5.0) */
  abortJobFlags(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAbortJobFlags', opts, [flags >>> 0]);
  }

  /** Dynamically add an IOThread to the domain. (virDomainAddIOThread, since 1.2.15) */
  addIOThread(iothreadId: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAddIOThread', opts, [iothreadId, flags >>> 0]);
  }

  /** Set how long to wait for a response from guest agent commands. (virDomainAgentSetResponseTimeout, since 5.10.0) */
  agentSetResponseTimeout(timeout: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAgentSetResponseTimeout', opts, [timeout, flags >>> 0]);
  }

  /** Create a virtual device attachment to backend. (virDomainAttachDevice, since 0.1.9) */
  attachDevice(xml: string, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAttachDevice', opts, [xml]);
  }

  /** Attach a virtual device to a domain, using the flags parameter to control how the device is attached. (virDomainAttachDeviceFlags, since 0.7.7) */
  attachDeviceFlags(xml: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAttachDeviceFlags', opts, [xml, flags >>> 0]);
  }

  /** For given @user in @domain fetch list of public SSH authorized keys and store them into @keys array which is allocated upon successful return and is NULL terminated. (virDomainAuthorizedSSHKeysGet, since 6.10.0) */
  authorizedSSHKeysGet(user: string, flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virDomainAuthorizedSSHKeysGet', opts, [user, flags >>> 0]);
  }

  /** For given @user in @domain set @keys in authorized keys file. (virDomainAuthorizedSSHKeysSet, since 6.10.0) */
  authorizedSSHKeysSet(user: string, keys: readonly string[], flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainAuthorizedSSHKeysSet', opts, [user, keys, flags >>> 0]);
  }

  /** Start a point-in-time backup job for the specified disks of a running domain. (virDomainBackupBegin, since 6.0.0) */
  backupBegin(backupXML: string | null, checkpointXML: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBackupBegin', opts, [backupXML, checkpointXML, flags >>> 0]);
  }

  /** Queries the configuration of the active backup job. (virDomainBackupGetXMLDesc, since 6.0.0) */
  backupGetXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainBackupGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Commit changes that were made to temporary top-level files within a disk image backing file chain into a lower-level base file. (virDomainBlockCommit, since 0.10.2) */
  blockCommit(disk: string, base: string | null, top: string | null, bandwidth: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockCommit', opts, [disk, base, top, bandwidth, flags >>> 0]);
  }

  /** Copy the guest-visible contents of a disk image to a new file described by @destxml. (virDomainBlockCopy, since 1.2.8) */
  blockCopy(disk: string, destxml: string | null, params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockCopy', opts, [disk, destxml, encodeParams(params), flags >>> 0]);
  }

  /** Cancel the active block job on the given disk. (virDomainBlockJobAbort, since 0.9.4) */
  blockJobAbort(disk: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockJobAbort', opts, [disk, flags >>> 0]);
  }

  /** Set the maximum allowable bandwidth that a block job may consume. (virDomainBlockJobSetSpeed, since 0.9.4) */
  blockJobSetSpeed(disk: string, bandwidth: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockJobSetSpeed', opts, [disk, bandwidth, flags >>> 0]);
  }

  /** Populate a disk image with data from its backing image. (virDomainBlockPull, since 0.9.4) */
  blockPull(disk: string, bandwidth: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockPull', opts, [disk, bandwidth, flags >>> 0]);
  }

  /** Populate a disk image with data from its backing image chain, and setting the backing image to @base, or alternatively copy an entire backing chain to a new file @base. (virDomainBlockRebase, since 0.9.10) */
  blockRebase(disk: string, base: string | null, bandwidth: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockRebase', opts, [disk, base, bandwidth, flags >>> 0]);
  }

  /** Resize a block device of domain while the domain is running. (virDomainBlockResize, since 0.9.8) */
  blockResize(disk: string, size: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainBlockResize', opts, [disk, size, flags >>> 0]);
  }

  /** This function returns block device (disk) stats for block devices attached to the domain. (virDomainBlockStats, since 0.3.2) */
  blockStats(disk: string, opts?: CallOptions): Promise<{ rd_req: bigint; rd_bytes: bigint; wr_req: bigint; wr_bytes: bigint; errs: bigint }> {
    return this.call<{ rd_req: bigint; rd_bytes: bigint; wr_req: bigint; wr_bytes: bigint; errs: bigint }>('virDomainBlockStats', opts, [disk]);
  }

  /** This function is to get block stats parameters for block devices attached to the domain. (virDomainBlockStatsFlags, since 0.9.5) */
  blockStatsFlags(disk: string, flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainBlockStatsFlags', opts, [disk, flags >>> 0]);
  }

  /** Create a new checkpoint using @xmlDesc, with a top-level <domaincheckpoint> element, on a running @domain. (virDomainCheckpointCreateXML, since 5.6.0) */
  checkpointCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<DomainCheckpoint> {
    return this.call<DomainCheckpoint>('virDomainCheckpointCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Try to lookup a domain checkpoint based on its name. (virDomainCheckpointLookupByName, since 5.6.0) */
  checkpointLookupByName(name: string, flags = 0, opts?: CallOptions): Promise<DomainCheckpoint> {
    return this.call<DomainCheckpoint>('virDomainCheckpointLookupByName', opts, [name, flags >>> 0]);
  }

  /** This method will dump the core of a domain on a given file for analysis. (virDomainCoreDump, since 0.1.9) */
  coreDump(to: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainCoreDump', opts, [to, flags >>> 0]);
  }

  /** This method will dump the core of a domain on a given file for analysis. (virDomainCoreDumpWithFormat, since 1.2.3) */
  coreDumpWithFormat(to: string, dumpformat: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainCoreDumpWithFormat', opts, [to, dumpformat, flags >>> 0]);
  }

  /** Launch a defined domain. (virDomainCreate, since 0.1.1) */
  create(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainCreate', opts, []);
  }

  /** Launch a defined domain. (virDomainCreateWithFlags, since 0.8.2) */
  createWithFlags(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainCreateWithFlags', opts, [flags >>> 0]);
  }

  /** Dynamically delete an IOThread from the domain. (virDomainDelIOThread, since 1.2.15) */
  delIOThread(iothreadId: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDelIOThread', opts, [iothreadId, flags >>> 0]);
  }

  /** Destroy the domain object. (virDomainDestroy, since 0.0.3) */
  destroy(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDestroy', opts, []);
  }

  /** Destroy the domain object. (virDomainDestroyFlags, since 0.9.4) */
  destroyFlags(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDestroyFlags', opts, [flags >>> 0]);
  }

  /** This is an equivalent of virDomainDetachDeviceFlags() when called with @flags parameter set to VIR_DOMAIN_AFFECT_LIVE. (virDomainDetachDevice, since 0.1.9) */
  detachDevice(xml: string, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDetachDevice', opts, [xml]);
  }

  /** Detach a virtual device from a domain, using the alias to specify the device. (virDomainDetachDeviceAlias, since 4.4.0) */
  detachDeviceAlias(alias: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDetachDeviceAlias', opts, [alias, flags >>> 0]);
  }

  /** Detach a virtual device from a domain, using the flags parameter to control how the device is detached. (virDomainDetachDeviceFlags, since 0.7.7) */
  detachDeviceFlags(xml: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainDetachDeviceFlags', opts, [xml, flags >>> 0]);
  }

  /** Freeze specified filesystems within the guest (hence guest agent may be required depending on hypervisor used). (virDomainFSFreeze, since 1.2.5) */
  fsFreeze(mountpoints: readonly string[], flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainFSFreeze', opts, [mountpoints, flags >>> 0]);
  }

  /** Thaw specified filesystems within the guest. (virDomainFSThaw, since 1.2.5) */
  fsThaw(mountpoints: readonly string[], flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainFSThaw', opts, [mountpoints, flags >>> 0]);
  }

  /** Calls FITRIM within the guest (hence guest agent may be required depending on hypervisor used). (virDomainFSTrim, since 1.0.1) */
  fsTrim(mountPoint: string | null, minimum: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainFSTrim', opts, [mountPoint, minimum, flags >>> 0]);
  }

  /** Provides a boolean value indicating whether the domain configured to be automatically started when the host machine boots. (virDomainGetAutostart, since 0.2.1) */
  getAutostart(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainGetAutostart', opts, []);
  }

  /** Get all blkio parameters. (virDomainGetBlkioParameters, since 0.9.0) */
  getBlkioParameters(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetBlkioParameters', opts, [flags >>> 0]);
  }

  /** Extract information about a domain's block device. (virDomainGetBlockInfo, since 0.8.1) */
  getBlockInfo(disk: string, flags = 0, opts?: CallOptions): Promise<{ capacity: bigint; allocation: bigint; physical: bigint }> {
    return this.call<{ capacity: bigint; allocation: bigint; physical: bigint }>('virDomainGetBlockInfo', opts, [disk, flags >>> 0]);
  }

  /** Get all block IO tunable parameters for a given device. (virDomainGetBlockIoTune, since 0.9.8) */
  getBlockIoTune(disk: string, flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetBlockIoTune', opts, [disk, flags >>> 0]);
  }

  /** Extract details about current state of control interface to a domain. (virDomainGetControlInfo, since 0.9.3) */
  getControlInfo(flags = 0, opts?: CallOptions): Promise<{ state: number; details: number; stateTime: bigint }> {
    return this.call<{ state: number; details: number; stateTime: bigint }>('virDomainGetControlInfo', opts, [flags >>> 0]);
  }

  /** Queries the guest agent for the various information about the guest system. (virDomainGetGuestInfo, since 5.7.0) */
  getGuestInfo(types: number, flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetGuestInfo', opts, [types, flags >>> 0]);
  }

  /** Queries the guest agent for state and information regarding vCPUs from guest's perspective. (virDomainGetGuestVcpus, since 2.0.0) */
  getGuestVcpus(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetGuestVcpus', opts, [flags >>> 0]);
  }

  /** Get the hostname for that domain. (virDomainGetHostname, since 0.10.0) */
  getHostname(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetHostname', opts, [flags >>> 0]);
  }

  /** Get the hypervisor ID number for the domain (virDomainGetID, since 0.0.3) */
  getID(opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainGetID', opts, []);
  }

  /** Extract information about a domain. (virDomainGetInfo, since 0.0.3) */
  getInfo(opts?: CallOptions): Promise<{ state: number; maxMem: number; memory: number; nrVirtCpu: number; cpuTime: bigint }> {
    return this.call<{ state: number; maxMem: number; memory: number; nrVirtCpu: number; cpuTime: bigint }>('virDomainGetInfo', opts, []);
  }

  /** Get all interface parameters. (virDomainGetInterfaceParameters, since 0.9.9) */
  getInterfaceParameters(device: string | null, flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetInterfaceParameters', opts, [device, flags >>> 0]);
  }

  /** Extract information about progress of a background job on a domain. (virDomainGetJobInfo, since 0.7.7) */
  getJobInfo(opts?: CallOptions): Promise<{ type: number; timeElapsed: bigint; timeRemaining: bigint; dataTotal: bigint; dataProcessed: bigint; dataRemaining: bigint; memTotal: bigint; memProcessed: bigint; memRemaining: bigint; fileTotal: bigint; fileProcessed: bigint; fileRemaining: bigint }> {
    return this.call<{ type: number; timeElapsed: bigint; timeRemaining: bigint; dataTotal: bigint; dataProcessed: bigint; dataRemaining: bigint; memTotal: bigint; memProcessed: bigint; memRemaining: bigint; fileTotal: bigint; fileProcessed: bigint; fileRemaining: bigint }>('virDomainGetJobInfo', opts, []);
  }

  /** Extract information about progress of a background job on a domain. (virDomainGetJobStats, since 1.0.3) */
  getJobStats(flags = 0, opts?: CallOptions): Promise<{ type: number; params: TypedValues }> {
    return this.call<{ type: number; params: TypedValues }>('virDomainGetJobStats', opts, [flags >>> 0]);
  }

  /** Get the launch security info. (virDomainGetLaunchSecurityInfo, since 4.5.0) */
  getLaunchSecurityInfo(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetLaunchSecurityInfo', opts, [flags >>> 0]);
  }

  /** Retrieve the maximum amount of physical memory allocated to a domain. (virDomainGetMaxMemory, since 0.0.3) */
  getMaxMemory(opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainGetMaxMemory', opts, []);
  }

  /** Provides the maximum number of virtual CPUs supported for the guest VM. (virDomainGetMaxVcpus, since 0.2.1) */
  getMaxVcpus(opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainGetMaxVcpus', opts, []);
  }

  /** Get all memory parameters. (virDomainGetMemoryParameters, since 0.8.5) */
  getMemoryParameters(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetMemoryParameters', opts, [flags >>> 0]);
  }

  /** Fetch a list of all messages recorded against the VM and store them into @msgs array which is allocated upon successful return and is NULL terminated. (virDomainGetMessages, since 7.1.0) */
  getMessages(flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virDomainGetMessages', opts, [flags >>> 0]);
  }

  /** Retrieves the appropriate domain element given by @type. (virDomainGetMetadata, since 0.9.10) */
  getMetadata(type: number, uri: string | null, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetMetadata', opts, [type, uri, flags >>> 0]);
  }

  /** Get the public name for that domain (virDomainGetName, since 0.0.3) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetName', opts, []);
  }

  /** Get all numa parameters. (virDomainGetNumaParameters, since 0.9.9) */
  getNumaParameters(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetNumaParameters', opts, [flags >>> 0]);
  }

  /** Get the type of domain operation system. (virDomainGetOSType, since 0.0.3) */
  getOSType(opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetOSType', opts, []);
  }

  /** Get all Linux perf events setting. (virDomainGetPerfEvents, since 1.3.3) */
  getPerfEvents(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetPerfEvents', opts, [flags >>> 0]);
  }

  /** Get all scheduler parameters. (virDomainGetSchedulerParametersFlags, since 0.9.2) */
  getSchedulerParametersFlags(flags = 0, opts?: CallOptions): Promise<TypedValues> {
    return this.call<TypedValues>('virDomainGetSchedulerParametersFlags', opts, [flags >>> 0]);
  }

  /** Extract security label of an active domain. (virDomainGetSecurityLabel, since 0.6.1) */
  getSecurityLabel(opts?: CallOptions): Promise<{ label: string; enforcing: number }> {
    return this.call<{ label: string; enforcing: number }>('virDomainGetSecurityLabel', opts, []);
  }

  /** Extract domain state. (virDomainGetState, since 0.9.2) */
  getState(flags = 0, opts?: CallOptions): Promise<{ state: number; reason: number }> {
    return this.call<{ state: number; reason: number }>('virDomainGetState', opts, [flags >>> 0]);
  }

  /** Extract information about guest time and store it into @seconds and @nseconds. (virDomainGetTime, since 1.2.5) */
  getTime(flags = 0, opts?: CallOptions): Promise<{ seconds: bigint; nseconds: number }> {
    return this.call<{ seconds: bigint; nseconds: number }>('virDomainGetTime', opts, [flags >>> 0]);
  }

  /** Get the UUID for a domain (virDomainGetUUID, since 0.0.5) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virDomainGetUUID', opts, []);
  }

  /** Get the UUID for a domain as string. (virDomainGetUUIDString, since 0.1.1) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetUUIDString', opts, []);
  }

  /** Query the number of virtual CPUs used by the domain. (virDomainGetVcpusFlags, since 0.8.5) */
  getVcpusFlags(flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainGetVcpusFlags', opts, [flags >>> 0]);
  }

  /** Provide an XML description of the domain. (virDomainGetXMLDesc, since 0.0.3) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the domain has a current snapshot. (virDomainHasCurrentSnapshot, since 0.8.0) */
  hasCurrentSnapshot(flags = 0, opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainHasCurrentSnapshot', opts, [flags >>> 0]);
  }

  /** Check if a domain has a managed save image as created by virDomainManagedSave(). (virDomainHasManagedSaveImage, since 0.8.0) */
  hasManagedSaveImage(flags = 0, opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainHasManagedSaveImage', opts, [flags >>> 0]);
  }

  /** Send NMI to the guest (virDomainInjectNMI, since 0.9.2) */
  injectNMI(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainInjectNMI', opts, [flags >>> 0]);
  }

  /** This function returns network interface stats for interfaces attached to the domain. (virDomainInterfaceStats, since 0.3.2) */
  interfaceStats(device: string | null, opts?: CallOptions): Promise<{ rx_bytes: bigint; rx_packets: bigint; rx_errs: bigint; rx_drop: bigint; tx_bytes: bigint; tx_packets: bigint; tx_errs: bigint; tx_drop: bigint }> {
    return this.call<{ rx_bytes: bigint; rx_packets: bigint; rx_errs: bigint; rx_drop: bigint; tx_bytes: bigint; tx_packets: bigint; tx_errs: bigint; tx_drop: bigint }>('virDomainInterfaceStats', opts, [device]);
  }

  /** Determine if the domain is currently running (virDomainIsActive, since 0.7.3) */
  isActive(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainIsActive', opts, []);
  }

  /** Determine if the domain has a persistent configuration which means it will still exist after shutting down (virDomainIsPersistent, since 0.7.3) */
  isPersistent(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainIsPersistent', opts, []);
  }

  /** Determine if the domain has been updated. (virDomainIsUpdated, since 0.8.6) */
  isUpdated(opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainIsUpdated', opts, []);
  }

  /** Collect the list of domain checkpoints for the given domain and allocate an array to store those objects. (virDomainListAllCheckpoints, since 5.6.0) */
  listAllCheckpoints(flags = 0, opts?: CallOptions): Promise<DomainCheckpoint[]> {
    return this.call<DomainCheckpoint[]>('virDomainListAllCheckpoints', opts, [flags >>> 0]);
  }

  /** Collect the list of domain snapshots for the given domain and allocate an array to store those objects. (virDomainListAllSnapshots, since 0.9.13) */
  listAllSnapshots(flags = 0, opts?: CallOptions): Promise<DomainSnapshot[]> {
    return this.call<DomainSnapshot[]>('virDomainListAllSnapshots', opts, [flags >>> 0]);
  }

  /** This method will suspend a domain and save its memory contents to a file on disk. (virDomainManagedSave, since 0.8.0) */
  managedSave(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainManagedSave', opts, [flags >>> 0]);
  }

  /** This updates the definition of a domain stored in a saved state file. (virDomainManagedSaveDefineXML, since 3.7.0) */
  managedSaveDefineXML(dxml: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainManagedSaveDefineXML', opts, [dxml, flags >>> 0]);
  }

  /** This method will extract the XML description of the managed save state file of a domain. (virDomainManagedSaveGetXMLDesc, since 3.7.0) */
  managedSaveGetXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainManagedSaveGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Remove any managed save image for this domain. (virDomainManagedSaveRemove, since 0.8.0) */
  managedSaveRemove(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainManagedSaveRemove', opts, [flags >>> 0]);
  }

  /** Migrate the domain object from its current host to the destination host given by dconn (a connection to the destination host). (virDomainMigrate, since 0.3.2) */
  migrate(dconn: Connect, flags: number, dname: string | null, uri: string | null, bandwidth: number, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainMigrate', opts, [nativeOf(dconn), flags, dname, uri, bandwidth]);
  }

  /** Migrate the domain object from its current host to the destination host given by dconn (a connection to the destination host). (virDomainMigrate2, since 0.9.2) */
  migrate2(dconn: Connect, dxml: string | null, flags: number, dname: string | null, uri: string | null, bandwidth: number, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainMigrate2', opts, [nativeOf(dconn), dxml, flags, dname, uri, bandwidth]);
  }

  /** Migrate the domain object from its current host to the destination host given by dconn (a connection to the destination host). (virDomainMigrate3, since 1.1.0) */
  migrate3(dconn: Connect, params: TypedParams, flags = 0, opts?: CallOptions): Promise<Domain> {
    return this.call<Domain>('virDomainMigrate3', opts, [nativeOf(dconn), encodeParams(params), flags >>> 0]);
  }

  /** Gets current size of the cache (in bytes) used for compressing repeatedly transferred memory pages during live migration. (virDomainMigrateGetCompressionCache, since 1.0.3) */
  migrateGetCompressionCache(flags = 0, opts?: CallOptions): Promise<bigint> {
    return this.call<bigint>('virDomainMigrateGetCompressionCache', opts, [flags >>> 0]);
  }

  /** Gets current maximum tolerable time for which the domain may be paused at the end of live migration. (virDomainMigrateGetMaxDowntime, since 3.7.0) */
  migrateGetMaxDowntime(flags = 0, opts?: CallOptions): Promise<bigint> {
    return this.call<bigint>('virDomainMigrateGetMaxDowntime', opts, [flags >>> 0]);
  }

  /** Get the current maximum bandwidth (in MiB/s) that will be used if the domain is migrated. (virDomainMigrateGetMaxSpeed, since 0.9.5) */
  migrateGetMaxSpeed(flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainMigrateGetMaxSpeed', opts, [flags >>> 0]);
  }

  /** Sets size of the cache (in bytes) used for compressing repeatedly transferred memory pages during live migration. (virDomainMigrateSetCompressionCache, since 1.0.3) */
  migrateSetCompressionCache(cacheSize: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateSetCompressionCache', opts, [cacheSize, flags >>> 0]);
  }

  /** Sets maximum tolerable time for which the domain is allowed to be paused at the end of live migration. (virDomainMigrateSetMaxDowntime, since 0.8.0) */
  migrateSetMaxDowntime(downtime: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateSetMaxDowntime', opts, [downtime, flags >>> 0]);
  }

  /** The maximum bandwidth (in MiB/s) that will be used to do migration can be specified with the bandwidth parameter. (virDomainMigrateSetMaxSpeed, since 0.9.0) */
  migrateSetMaxSpeed(bandwidth: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateSetMaxSpeed', opts, [bandwidth, flags >>> 0]);
  }

  /** Starts post-copy migration. (virDomainMigrateStartPostCopy, since 1.3.3) */
  migrateStartPostCopy(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateStartPostCopy', opts, [flags >>> 0]);
  }

  /** Migrate the domain object from its current host to the destination host given by duri. (virDomainMigrateToURI, since 0.7.2) */
  migrateToURI(duri: string | null, flags: number, dname: string | null, bandwidth: number, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateToURI', opts, [duri, flags, dname, bandwidth]);
  }

  /** Migrate the domain object from its current host to the destination host given by @dconnuri. (virDomainMigrateToURI2, since 0.9.2) */
  migrateToURI2(dconnuri: string | null, miguri: string | null, dxml: string | null, flags: number, dname: string | null, bandwidth: number, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateToURI2', opts, [dconnuri, miguri, dxml, flags, dname, bandwidth]);
  }

  /** Migrate the domain object from its current host to the destination host given by URI. (virDomainMigrateToURI3, since 1.1.0) */
  migrateToURI3(dconnuri: string | null, params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainMigrateToURI3', opts, [dconnuri, encodeParams(params), flags >>> 0]);
  }

  /** This opens the host interface associated with a channel device on a guest, if the host interface is supported. (virDomainOpenChannel, since 1.0.2) */
  openChannel(name: string | null, st: Stream, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainOpenChannel', opts, [name, nativeOf(st), flags >>> 0]);
  }

  /** This opens the backend associated with a console, serial or parallel port device on a guest, if the backend is supported. (virDomainOpenConsole, since 0.8.6) */
  openConsole(devName: string | null, st: Stream, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainOpenConsole', opts, [devName, nativeOf(st), flags >>> 0]);
  }

  /** Attempt to have the guest enter the given @target power management suspension level. (virDomainPMSuspendForDuration, since 0.9.10) */
  pmSuspendForDuration(target: number, duration: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPMSuspendForDuration', opts, [target, duration, flags >>> 0]);
  }

  /** Inject a wakeup into the guest that previously used virDomainPMSuspendForDuration, rather than waiting for the previously requested duration (if any) to elapse. (virDomainPMWakeup, since 0.9.11) */
  pmWakeup(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPMWakeup', opts, [flags >>> 0]);
  }

  /** Dynamically change the real CPUs which can be allocated to all emulator threads. (virDomainPinEmulator, since 0.10.0) */
  pinEmulator(cpumap: Uint8Array, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPinEmulator', opts, [cpumap, flags >>> 0]);
  }

  /** Dynamically change the real CPUs which can be allocated to an IOThread. (virDomainPinIOThread, since 1.2.14) */
  pinIOThread(iothreadId: number, cpumap: Uint8Array, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPinIOThread', opts, [iothreadId, cpumap, flags >>> 0]);
  }

  /** Dynamically change the real CPUs which can be allocated to a virtual CPU. (virDomainPinVcpu, since 0.1.4) */
  pinVcpu(vcpu: number, cpumap: Uint8Array, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPinVcpu', opts, [vcpu, cpumap]);
  }

  /** Dynamically change the real CPUs which can be allocated to a virtual CPU. (virDomainPinVcpuFlags, since 0.9.3) */
  pinVcpuFlags(vcpu: number, cpumap: Uint8Array, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainPinVcpuFlags', opts, [vcpu, cpumap, flags >>> 0]);
  }

  /** Execute an arbitrary Guest Agent command. (virDomainQemuAgentCommand, since 0.10.0) */
  qemuAgentCommand(cmd: string, timeout: number, flags = 0, opts?: CallOptions): Promise<string | null> {
    return this.call<string | null>('virDomainQemuAgentCommand', opts, [cmd, timeout, flags >>> 0]);
  }

  /** This API is QEMU specific, so it will only work with hypervisor connections to the QEMU driver. (virDomainQemuMonitorCommand, since 0.8.3) */
  qemuMonitorCommand(cmd: string, flags = 0, opts?: CallOptions): Promise<string | null> {
    return this.call<string | null>('virDomainQemuMonitorCommand', opts, [cmd, flags >>> 0]);
  }

  /** Reboot a domain, the domain object is still usable thereafter, but the domain OS is being stopped for a restart. (virDomainReboot, since 0.1.0) */
  reboot(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainReboot', opts, [flags >>> 0]);
  }

  /** Rename a domain. (virDomainRename, since 1.2.19) */
  rename(newName: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainRename', opts, [newName, flags >>> 0]);
  }

  /** Reset a domain immediately without any guest OS shutdown. (virDomainReset, since 0.9.7) */
  reset(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainReset', opts, [flags >>> 0]);
  }

  /** Resume a suspended domain, the process is restarted from the state where it was frozen by calling virDomainSuspend(). (virDomainResume, since 0.0.3) */
  resume(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainResume', opts, []);
  }

  /** This method will suspend a domain and save its memory contents to a file on disk. (virDomainSave, since 0.0.3) */
  save(to: string, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSave', opts, [to]);
  }

  /** This method will suspend a domain and save its memory contents to a file on disk. (virDomainSaveFlags, since 0.9.4) */
  saveFlags(to: string, dxml: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSaveFlags', opts, [to, dxml, flags >>> 0]);
  }

  /** This method extends virDomainSaveFlags by adding parameters. (virDomainSaveParams, since 8.4.0) */
  saveParams(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSaveParams', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Take a screenshot of current domain console as a stream. (virDomainScreenshot, since 0.9.2) */
  screenshot(stream: Stream, screen: number, flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainScreenshot', opts, [nativeOf(stream), screen, flags >>> 0]);
  }

  /** Send a signal to the designated process in the guest (virDomainSendProcessSignal, since 1.0.1) */
  sendProcessSignal(pidValue: bigint | number, signum: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSendProcessSignal', opts, [pidValue, signum, flags >>> 0]);
  }

  /** Configure the domain to be automatically started when the host machine boots. (virDomainSetAutostart, since 0.2.1) */
  setAutostart(autostart: number | boolean, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetAutostart', opts, [Number(autostart)]);
  }

  /** Change all or a subset of the blkio tunables. (virDomainSetBlkioParameters, since 0.9.0) */
  setBlkioParameters(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetBlkioParameters', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Change all or a subset of the per-device block IO tunables. (virDomainSetBlockIoTune, since 0.9.8) */
  setBlockIoTune(disk: string, params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetBlockIoTune', opts, [disk, encodeParams(params), flags >>> 0]);
  }

  /** Set the threshold level for delivering the VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD if the device or backing chain element described by @dev is written beyond the set threshold level. (virDomainSetBlockThreshold, since 3.1.0) */
  setBlockThreshold(dev: string | null, threshold: bigint | number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetBlockThreshold', opts, [dev, threshold, flags >>> 0]);
  }

  /** Sets state of individual vcpus described by @cpumap via guest agent. (virDomainSetGuestVcpus, since 2.0.0) */
  setGuestVcpus(cpumap: string | null, state: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetGuestVcpus', opts, [cpumap, state, flags >>> 0]);
  }

  /** Dynamically set IOThread parameters to the domain. (virDomainSetIOThreadParams, since 4.10.0) */
  setIOThreadParams(iothreadId: number, params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetIOThreadParams', opts, [iothreadId, encodeParams(params), flags >>> 0]);
  }

  /** Change a subset or all parameters of interface; currently this includes bandwidth parameters. (virDomainSetInterfaceParameters, since 0.9.9) */
  setInterfaceParameters(device: string | null, params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetInterfaceParameters', opts, [device, encodeParams(params), flags >>> 0]);
  }

  /** Set a launch security secret in the guest's memory. (virDomainSetLaunchSecurityState, since 8.0.0) */
  setLaunchSecurityState(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetLaunchSecurityState', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Changes the actions of lifecycle events for domain represented as <on_$type>$action</on_$type> in the domain XML. (virDomainSetLifecycleAction, since 3.9.0) */
  setLifecycleAction(type: number, action: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetLifecycleAction', opts, [type, action, flags >>> 0]);
  }

  /** Dynamically change the maximum amount of physical memory allocated to a domain. (virDomainSetMaxMemory, since 0.0.3) */
  setMaxMemory(memory: number, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMaxMemory', opts, [memory]);
  }

  /** Dynamically change the target amount of physical memory allocated to a domain. (virDomainSetMemory, since 0.1.1) */
  setMemory(memory: number, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMemory', opts, [memory]);
  }

  /** Dynamically change the target amount of physical memory allocated to a domain. (virDomainSetMemoryFlags, since 0.9.0) */
  setMemoryFlags(memory: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMemoryFlags', opts, [memory, flags >>> 0]);
  }

  /** Change all or a subset of the memory tunables. (virDomainSetMemoryParameters, since 0.8.5) */
  setMemoryParameters(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMemoryParameters', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Dynamically change the domain memory balloon driver statistics collection period. (virDomainSetMemoryStatsPeriod, since 1.1.1) */
  setMemoryStatsPeriod(period: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMemoryStatsPeriod', opts, [period, flags >>> 0]);
  }

  /** Sets the appropriate domain element given by @type to the value of @metadata. (virDomainSetMetadata, since 0.9.10) */
  setMetadata(type: number, metadata: string | null, key: string | null, uri: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetMetadata', opts, [type, metadata, key, uri, flags >>> 0]);
  }

  /** Change all or a subset of the numa tunables. (virDomainSetNumaParameters, since 0.9.9) */
  setNumaParameters(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetNumaParameters', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Enable or disable the particular list of Linux perf events you care about. (virDomainSetPerfEvents, since 1.3.3) */
  setPerfEvents(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetPerfEvents', opts, [encodeParams(params), flags >>> 0]);
  }

  /** Change a subset or all scheduler parameters. (virDomainSetSchedulerParametersFlags, since 0.9.2) */
  setSchedulerParametersFlags(params: TypedParams, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetSchedulerParametersFlags', opts, [encodeParams(params), flags >>> 0]);
  }

  /** When a domain is suspended or restored from a file the domain's OS has no idea that there was a big gap in the time. (virDomainSetTime, since 1.2.5) */
  setTime(seconds: bigint | number, nseconds: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetTime', opts, [seconds, nseconds, flags >>> 0]);
  }

  /** Sets the @user password to the value specified by @password. (virDomainSetUserPassword, since 1.2.16) */
  setUserPassword(user: string, password: string | null, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetUserPassword', opts, [user, password, flags >>> 0]);
  }

  /** Enables/disables individual vcpus described by @vcpumap in the hypervisor. (virDomainSetVcpu, since 3.1.0) */
  setVcpu(vcpumap: string | null, state: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetVcpu', opts, [vcpumap, state, flags >>> 0]);
  }

  /** Dynamically change the number of virtual CPUs used by the domain. (virDomainSetVcpus, since 0.1.4) */
  setVcpus(nvcpus: number, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetVcpus', opts, [nvcpus]);
  }

  /** Dynamically change the number of virtual CPUs used by the domain. (virDomainSetVcpusFlags, since 0.8.5) */
  setVcpusFlags(nvcpus: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSetVcpusFlags', opts, [nvcpus, flags >>> 0]);
  }

  /** Shutdown a domain, the domain object is still usable thereafter, but the domain OS is being stopped. (virDomainShutdown, since 0.0.3) */
  shutdown(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainShutdown', opts, []);
  }

  /** Shutdown a domain, the domain object is still usable thereafter but the domain OS is being stopped. (virDomainShutdownFlags, since 0.9.10) */
  shutdownFlags(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainShutdownFlags', opts, [flags >>> 0]);
  }

  /** Creates a new snapshot of a domain based on the snapshot xml contained in xmlDesc, with a top-level element <domainsnapshot>. (virDomainSnapshotCreateXML, since 0.8.0) */
  snapshotCreateXML(xmlDesc: string, flags = 0, opts?: CallOptions): Promise<DomainSnapshot> {
    return this.call<DomainSnapshot>('virDomainSnapshotCreateXML', opts, [xmlDesc, flags >>> 0]);
  }

  /** Get the current snapshot for a domain, if any. (virDomainSnapshotCurrent, since 0.8.0) */
  snapshotCurrent(flags = 0, opts?: CallOptions): Promise<DomainSnapshot> {
    return this.call<DomainSnapshot>('virDomainSnapshotCurrent', opts, [flags >>> 0]);
  }

  /** Collect the list of domain snapshots for the given domain, and store their names in @names. (virDomainSnapshotListNames, since 0.8.0) */
  snapshotListNames(flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virDomainSnapshotListNames', opts, [flags >>> 0]);
  }

  /** Try to lookup a domain snapshot based on its name. (virDomainSnapshotLookupByName, since 0.8.0) */
  snapshotLookupByName(name: string, flags = 0, opts?: CallOptions): Promise<DomainSnapshot> {
    return this.call<DomainSnapshot>('virDomainSnapshotLookupByName', opts, [name, flags >>> 0]);
  }

  /** Provides the number of domain snapshots for this domain. (virDomainSnapshotNum, since 0.8.0) */
  snapshotNum(flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainSnapshotNum', opts, [flags >>> 0]);
  }

  /** Calculate the current domain's memory dirty rate in next @seconds. (virDomainStartDirtyRateCalc, since 7.2.0) */
  startDirtyRateCalc(seconds: number, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainStartDirtyRateCalc', opts, [seconds, flags >>> 0]);
  }

  /** Suspends an active domain, the process is frozen without further access to CPU resources and I/O but the memory used by the domain at the hypervisor level will stay allocated. (virDomainSuspend, since 0.0.3) */
  suspend(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSuspend', opts, []);
  }

  /** Undefine a domain. (virDomainUndefine, since 0.1.1) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainUndefine', opts, []);
  }

  /** Undefine a domain. (virDomainUndefineFlags, since 0.9.4) */
  undefineFlags(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainUndefineFlags', opts, [flags >>> 0]);
  }

  /** Change a virtual device on a domain, using the flags parameter to control how the device is changed. (virDomainUpdateDeviceFlags, since 0.8.0) */
  updateDeviceFlags(xml: string, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainUpdateDeviceFlags', opts, [xml, flags >>> 0]);
  }
}
