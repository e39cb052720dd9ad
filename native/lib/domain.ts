import type { CallOptions } from './call.ts';
import { DomainCalls } from './generated/domain.ts';
import type { NativeHandle } from './native.ts';
import type { TypedValues } from './params.ts';

export interface BlockJobInfo {
  type: number;
  /** Bytes or MiB a second, as the flag VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES says. */
  bandwidth: number;
  cur: bigint;
  end: bigint;
}

export interface VcpuInfo {
  number: number;
  /** A VIR_VCPU_…: offline, running, blocked. */
  state: number;
  cpuTime: bigint;
  /** The host CPU that it runs on, or a VIR_VCPU_INFO_CPU_…. */
  cpu: number;
  /** Bit n of byte m: host CPU 8m + n. */
  cpumap: Uint8Array;
}

export interface InterfaceAddresses {
  name: string;
  hwaddr: string | null;
  /** `type` is a VIR_IP_ADDR_TYPE_…. */
  addrs: { type: number; addr: string; prefix: number }[];
}

export interface FileSystemInfo {
  mountpoint: string;
  name: string;
  fstype: string;
  devAlias: string[];
}

/** A virtual machine. Its name and uuid were read with the handle, without a call. */
export class Domain extends DomainCalls {
  readonly name: string;
  readonly uuid: string;

  constructor(native: NativeHandle, name: string | null, uuid: string | null) {
    super(native);
    this.name = name ?? '';
    this.uuid = uuid ?? '';
  }

  /** Addresses of the guest's interfaces. `source` is a VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_…: lease, agent or ARP. */
  interfaceAddresses(source: number, flags = 0, opts?: CallOptions): Promise<InterfaceAddresses[]> {
    return this.call('virDomainInterfaceAddresses', opts, [source, flags >>> 0]);
  }

  /** The block job of a disk; null when there is none. */
  getBlockJobInfo(disk: string, flags = 0, opts?: CallOptions): Promise<BlockJobInfo | null> {
    return this.call('virDomainGetBlockJobInfo', opts, [disk, flags >>> 0]);
  }

  /** The vCPUs of a running domain, and where they run. */
  getVcpus(opts?: CallOptions): Promise<VcpuInfo[]> {
    return this.call('virDomainGetVcpus', opts, []);
  }

  /** A CPU map for each vCPU up to the maximum. */
  getVcpuPinInfo(flags = 0, opts?: CallOptions): Promise<Uint8Array[]> {
    return this.call('virDomainGetVcpuPinInfo', opts, [flags >>> 0]);
  }

  getEmulatorPinInfo(flags = 0, opts?: CallOptions): Promise<Uint8Array | null> {
    return this.call('virDomainGetEmulatorPinInfo', opts, [flags >>> 0]);
  }

  getIOThreadInfo(flags = 0, opts?: CallOptions): Promise<{ iothreadId: number; cpumap: Uint8Array }[]> {
    return this.call('virDomainGetIOThreadInfo', opts, [flags >>> 0]);
  }

  /** By tag, a VIR_DOMAIN_MEMORY_STAT_…; KiB, but for faults and times. What the driver does not know is absent. */
  memoryStats(flags = 0, opts?: CallOptions): Promise<Record<number, bigint>> {
    return this.call('virDomainMemoryStats', opts, [flags >>> 0]);
  }

  /** From host CPU `startCpu` on, an object a CPU; `startCpu` −1 with `cpus` 1: the totals. At most 128 a call. */
  getCPUStats(startCpu: number, cpus: number, flags = 0, opts?: CallOptions): Promise<TypedValues[]> {
    return this.call('virDomainGetCPUStats', opts, [startCpu, cpus, flags >>> 0]);
  }

  /** Disks that had an I/O error; `error` is a VIR_DOMAIN_DISK_ERROR_…. */
  getDiskErrors(flags = 0, opts?: CallOptions): Promise<{ disk: string; error: number }[]> {
    return this.call('virDomainGetDiskErrors', opts, [flags >>> 0]);
  }

  /** Mounted file systems, from the guest's agent. */
  getFSInfo(flags = 0, opts?: CallOptions): Promise<FileSystemInfo[]> {
    return this.call('virDomainGetFSInfo', opts, [flags >>> 0]);
  }

  getSchedulerType(opts?: CallOptions): Promise<{ type: string; nparams: number }> {
    return this.call('virDomainGetSchedulerType', opts, []);
  }

  getSecurityLabelList(opts?: CallOptions): Promise<{ label: string; enforcing: boolean }[]> {
    return this.call('virDomainGetSecurityLabelList', opts, []);
  }

  /** Up to 4 MiB of a disk. */
  blockPeek(disk: string, offset: bigint | number, size: number, flags = 0, opts?: CallOptions): Promise<Uint8Array> {
    return this.call('virDomainBlockPeek', opts, [disk, offset, size, flags >>> 0]);
  }

  /** Up to 4 MiB of the guest's memory; `flags` is a VIR_MEMORY_…. */
  memoryPeek(start: bigint | number, size: number, flags: number, opts?: CallOptions): Promise<Uint8Array> {
    return this.call('virDomainMemoryPeek', opts, [start, size, flags >>> 0]);
  }

  /** Presses keys together; `codeset` is a VIR_KEYCODE_SET_…. */
  sendKey(codeset: number, holdMs: number, keycodes: readonly number[], flags = 0, opts?: CallOptions): Promise<void> {
    return this.call('virDomainSendKey', opts, [codeset, holdMs, keycodes, flags >>> 0]);
  }
}
