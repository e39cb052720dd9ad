import { DomainCalls } from './generated/domain.ts';
import type { NativeHandle } from './native.ts';

/** A virtual machine. Its name and uuid were read with the handle, without a call. */
export class Domain extends DomainCalls {
  readonly name: string;
  readonly uuid: string;

  constructor(native: NativeHandle, name: string | null, uuid: string | null) {
    super(native);
    this.name = name ?? '';
    this.uuid = uuid ?? '';
  }
}
