// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';
import type { DomainSnapshot } from '../objects.ts';

export abstract class DomainSnapshotCalls extends Handle {
  /** Revert the domain to a given snapshot. (virDomainRevertToSnapshot, since 0.8.0) */
  revertToSnapshot(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainRevertToSnapshot', opts, [flags >>> 0]);
  }

  /** Delete the snapshot. (virDomainSnapshotDelete, since 0.8.0) */
  delete(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainSnapshotDelete', opts, [flags >>> 0]);
  }

  /** Get the public name for that snapshot (virDomainSnapshotGetName, since 0.9.5) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainSnapshotGetName', opts, []);
  }

  /** Get the parent snapshot for @snapshot, if any. (virDomainSnapshotGetParent, since 0.9.7) */
  getParent(flags = 0, opts?: CallOptions): Promise<DomainSnapshot> {
    return this.call<DomainSnapshot>('virDomainSnapshotGetParent', opts, [flags >>> 0]);
  }

  /** Provide an XML description of the domain snapshot, with a top-level element of <domainsnapshot>. (virDomainSnapshotGetXMLDesc, since 0.8.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainSnapshotGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Determine if the given snapshot is associated with libvirt metadata that would prevent the deletion of the domain. (virDomainSnapshotHasMetadata, since 0.9.13) */
  hasMetadata(flags = 0, opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainSnapshotHasMetadata', opts, [flags >>> 0]);
  }

  /** Determine if the given snapshot is the domain's current snapshot. (virDomainSnapshotIsCurrent, since 0.9.13) */
  isCurrent(flags = 0, opts?: CallOptions): Promise<boolean> {
    return this.call<boolean>('virDomainSnapshotIsCurrent', opts, [flags >>> 0]);
  }

  /** Collect the list of domain snapshots that are children of the given snapshot, and allocate an array to store those objects. (virDomainSnapshotListAllChildren, since 0.9.13) */
  listAllChildren(flags = 0, opts?: CallOptions): Promise<DomainSnapshot[]> {
    return this.call<DomainSnapshot[]>('virDomainSnapshotListAllChildren', opts, [flags >>> 0]);
  }

  /** Collect the list of domain snapshots that are children of the given snapshot, and store their names in @names. (virDomainSnapshotListChildrenNames, since 0.9.7) */
  listChildrenNames(flags = 0, opts?: CallOptions): Promise<string[]> {
    return this.call<string[]>('virDomainSnapshotListChildrenNames', opts, [flags >>> 0]);
  }

  /** Provides the number of child snapshots for this domain snapshot. (virDomainSnapshotNumChildren, since 0.9.7) */
  numChildren(flags = 0, opts?: CallOptions): Promise<number> {
    return this.call<number>('virDomainSnapshotNumChildren', opts, [flags >>> 0]);
  }
}
