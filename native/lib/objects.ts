import type { CallOptions } from './call.ts';
import { DomainCheckpointCalls } from './generated/domaincheckpoint.ts';
import { DomainSnapshotCalls } from './generated/domainsnapshot.ts';
import { InterfaceCalls } from './generated/interface.ts';
import { NetworkCalls } from './generated/network.ts';
import { NetworkPortCalls } from './generated/networkport.ts';
import { NodeDeviceCalls } from './generated/nodedevice.ts';
import { NWFilterCalls } from './generated/nwfilter.ts';
import { NWFilterBindingCalls } from './generated/nwfilterbinding.ts';
import { SecretCalls } from './generated/secret.ts';
import { StoragePoolCalls } from './generated/storagepool.ts';
import type { NativeHandle } from './native.ts';

export interface DhcpLease {
  iface: string;
  /** Seconds since 1970; 0: never expires. */
  expirytime: bigint;
  /** A VIR_IP_ADDR_TYPE_…. */
  type: number;
  mac: string | null;
  iaid: string | null;
  ipaddr: string;
  prefix: number;
  hostname: string | null;
  clientid: string | null;
}

/** The smaller classes. Names and uuids are read with the handle, without a call. */

export class Network extends NetworkCalls {
  readonly name: string;
  readonly uuid: string;
  constructor(native: NativeHandle, name: string | null, uuid: string | null) {
    super(native);
    this.name = name ?? '';
    this.uuid = uuid ?? '';
  }

  /** Leases that the network's DHCP server gave out, of all interfaces or of one MAC address. */
  getDHCPLeases(mac: string | null = null, flags = 0, opts?: CallOptions): Promise<DhcpLease[]> {
    return this.call('virNetworkGetDHCPLeases', opts, [mac, flags >>> 0]);
  }
}

export class NetworkPort extends NetworkPortCalls {
  readonly uuid: string;
  constructor(native: NativeHandle, _name: string | null, uuid: string | null) {
    super(native);
    this.uuid = uuid ?? '';
  }
}

export class StoragePool extends StoragePoolCalls {
  readonly name: string;
  readonly uuid: string;
  constructor(native: NativeHandle, name: string | null, uuid: string | null) {
    super(native);
    this.name = name ?? '';
    this.uuid = uuid ?? '';
  }
}

export class Secret extends SecretCalls {
  readonly uuid: string;
  constructor(native: NativeHandle, _name: string | null, uuid: string | null) {
    super(native);
    this.uuid = uuid ?? '';
  }

  getValue(flags = 0, opts?: CallOptions): Promise<Uint8Array> {
    return this.call('virSecretGetValue', opts, [flags >>> 0]);
  }
}

export class Interface extends InterfaceCalls {
  readonly name: string;
  constructor(native: NativeHandle, name: string | null) {
    super(native);
    this.name = name ?? '';
  }
}

export class NodeDevice extends NodeDeviceCalls {
  readonly name: string;
  constructor(native: NativeHandle, name: string | null) {
    super(native);
    this.name = name ?? '';
  }
}

export class NWFilter extends NWFilterCalls {
  readonly name: string;
  readonly uuid: string;
  constructor(native: NativeHandle, name: string | null, uuid: string | null) {
    super(native);
    this.name = name ?? '';
    this.uuid = uuid ?? '';
  }
}

export class NWFilterBinding extends NWFilterBindingCalls {
  readonly portDev: string;
  constructor(native: NativeHandle, name: string | null) {
    super(native);
    this.portDev = name ?? '';
  }
}

export class DomainSnapshot extends DomainSnapshotCalls {
  readonly name: string;
  constructor(native: NativeHandle, name: string | null) {
    super(native);
    this.name = name ?? '';
  }
}

export class DomainCheckpoint extends DomainCheckpointCalls {
  readonly name: string;
  constructor(native: NativeHandle, name: string | null) {
    super(native);
    this.name = name ?? '';
  }
}
