// Generated from libvirt's API description by `npm run generate`: do not edit.
import type { CallOptions } from '../call.ts';
import { Handle } from '../handle.ts';

export abstract class SecretCalls extends Handle {
  /** Fetches the UUID of the secret. (virSecretGetUUID, since 0.7.1) */
  getUUID(opts?: CallOptions): Promise<Uint8Array> {
    return this.call<Uint8Array>('virSecretGetUUID', opts, []);
  }

  /** Get the UUID for a secret as string. (virSecretGetUUIDString, since 0.7.1) */
  getUUIDString(opts?: CallOptions): Promise<string> {
    return this.call<string>('virSecretGetUUIDString', opts, []);
  }

  /** Get the unique identifier of the object with which this secret is to be used. (virSecretGetUsageID, since 0.7.1) */
  getUsageID(opts?: CallOptions): Promise<string | null> {
    return this.call<string | null>('virSecretGetUsageID', opts, []);
  }

  /** Get the type of object which uses this secret. (virSecretGetUsageType, since 0.7.1) */
  getUsageType(opts?: CallOptions): Promise<number> {
    return this.call<number>('virSecretGetUsageType', opts, []);
  }

  /** Fetches an XML document describing attributes of the secret. (virSecretGetXMLDesc, since 0.7.1) */
  getXMLDesc(flags = 0, opts?: CallOptions): Promise<string> {
    return this.call<string>('virSecretGetXMLDesc', opts, [flags >>> 0]);
  }

  /** Sets the value of a secret. (virSecretSetValue, since 0.7.1) */
  setValue(value: Uint8Array, flags = 0, opts?: CallOptions): Promise<void> {
    return this.call<void>('virSecretSetValue', opts, [value, flags >>> 0]);
  }

  /** Deletes the specified secret. (virSecretUndefine, since 0.7.1) */
  undefine(opts?: CallOptions): Promise<void> {
    return this.call<void>('virSecretUndefine', opts, []);
  }
}
