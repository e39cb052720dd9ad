// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';
import type { DomainCheckpoint } from '../objects.ts';

export abstract class DomainCheckpointCalls extends Handle {
  /** Removes a checkpoint from the domain. (virDomainCheckpointDelete, since 5.6.0) */
  delete(flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virDomainCheckpointDelete', opts, [flags >>> 0]);
  }

  /** Get the public name for that checkpoint (virDomainCheckpointGetName, since 5.6.0) */
  getName(opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainCheckpointGetName', opts, []);
  }

  /** Get the parent checkpoint for @checkpoint, if any. (virDomainCheckpointGetParent, since 5.6.0) */
  getParent(flags = 0, opts?: CallOptions): Promise<DomainCheckpoint> {
    return this.call<DomainCheckpoint>('virDomainCheckpointGetParent', opts, [flags >>> 0]);
  }

  /** Provide an XML description of the domain checkpoint. (virDomainCheckpointGetXMLDesc, since 5.6.0) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virDomainCheckpointGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Collect the list of domain checkpoints that are children of the given checkpoint, and allocate an array to store those objects. (virDomainCheckpointListAllChildren, since 5.6.0) */
  listAllChildren(flags = 0, opts?: CallOptions): Promise<DomainCheckpoint[]> {
    return this.call<DomainCheckpoint[]>('virDomainCheckpointListAllChildren', opts, [flags >>> 0]);
  }
}
