/** The content of the seed: user data from the spec or its Secrets, checked before a host sees it. */
import { parse } from 'yaml';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { KubeClient } from '#kube/client.ts';
import { nocloudSeed, type SeedInput, seedDigest } from '#libvirt/seed.ts';
import { secretKind } from '../secrets.ts';
import type { Problem } from './plan.ts';

/** Nobody tells when a Secret appears, so a machine that lacks one asks for it. */
const SECRET_AGAIN_MS = 5_000;

export type Seed =
  | { kind: 'None' }
  | { kind: 'Ready'; bytes: Uint8Array; digest: string }
  | { kind: 'Problem'; problem: Problem };

export async function fetchSeed(client: KubeClient, machine: VirtualMachine, uuid: string): Promise<Seed> {
  const { cloudInit } = machine.spec;
  if (!cloudInit) return { kind: 'None' };
  const namespace = machine.metadata.namespace ?? '';
  const fromSecret = async (ref: { name: string; key: string } | undefined): Promise<string | undefined | Problem> => {
    if (!ref) return undefined;
    const secret = await client.get(secretKind, { namespace, name: ref.name });
    const value = secret?.data?.[ref.key];
    if (value !== undefined) return textOf(value) ?? notText(`${namespace}/${ref.name}`, ref.key);
    return secret
      ? {
          kind: 'Wait',
          reason: 'SecretIncomplete',
          message: `cloudInit: Secret ${namespace}/${ref.name} has no key ${ref.key}; add it, or name another key`,
          againMs: SECRET_AGAIN_MS,
        }
      : {
          kind: 'Wait',
          reason: 'SecretNotFound',
          message: `cloudInit: there is no Secret ${namespace}/${ref.name}; create it, or correct the name`,
          againMs: SECRET_AGAIN_MS,
        };
  };
  const userData = cloudInit.userData ?? (await fromSecret(cloudInit.userDataSecretRef));
  if (typeof userData === 'object') return { kind: 'Problem', problem: userData };
  const networkData = cloudInit.networkData ?? (await fromSecret(cloudInit.networkDataSecretRef));
  if (typeof networkData === 'object') return { kind: 'Problem', problem: networkData };
  const input: SeedInput = {
    instanceId: uuid,
    hostname: machine.metadata.name,
    ...(userData === undefined ? {} : { userData }),
    ...(networkData === undefined ? {} : { networkData }),
    ...(cloudInit.metaData === undefined ? {} : { metaData: cloudInit.metaData }),
    ...(cloudInit.sshAuthorizedKeys === undefined ? {} : { sshKeys: cloudInit.sshAuthorizedKeys }),
  };
  const wrong = seedProblem(input);
  if (wrong) return { kind: 'Problem', problem: invalid(`cloudInit: ${wrong}`) };
  const bytes = nocloudSeed(input);
  return { kind: 'Ready', bytes, digest: seedDigest(bytes) };
}

/** What to tell of a start for which cloudInit could not be read: the machine has a seed, and runs with that. Pure. */
export function keptSeed(seed: Seed): string | null {
  return seed.kind === 'Problem'
    ? `started with the cloud-init seed that it has, which is not made anew: ${seed.problem.message}`
    : null;
}

/** Bytes that are no text would be replaced in silence, and the guest would run something else than was given. */
function textOf(base64: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}

const notText = (secret: string, key: string): Problem =>
  invalid(`cloudInit: key ${key} of Secret ${secret} is not UTF-8 text; put it there unpacked and as plain text`);

/** It may stand in a Secret, and nobody tells when that is corrected. */
const invalid = (message: string): Problem => ({
  kind: 'Stall',
  reason: 'CloudInitInvalid',
  message,
  againMs: SECRET_AGAIN_MS,
});

/** First lines that cloud-init knows, besides `#cloud-config`, which is YAML and can be checked. */
const KNOWN =
  /^(#!|#include|#cloud-boothook|#cloud-config-archive|#cloud-config-jsonp|#part-handler|## template:|Content-Type:|MIME-Version:)/i;

/** What a guest would stumble over, in words; null when nothing is wrong. */
export function seedProblem(input: SeedInput): string | null {
  const { userData, networkData, metaData } = input;
  if (userData !== undefined && userData.trim() !== '') {
    if (/^#cloud-config\s*(\n|\r|$)/.test(userData)) {
      const wrong = notMapping(userData);
      if (wrong) return `user data begins with #cloud-config and is ${wrong}`;
    } else if (!KNOWN.test(userData)) {
      return 'user data begins with a line that cloud-init does not know; begin it with #cloud-config or #!';
    }
  }
  const network = networkData === undefined ? null : notMapping(networkData);
  if (network) return `network data is ${network}`;
  const meta = metaData === undefined ? null : notMapping(metaData);
  return meta ? `metaData is ${meta}` : null;
}

function notMapping(text: string): string | null {
  try {
    const value: unknown = parse(text);
    return value === null || (typeof value === 'object' && !Array.isArray(value))
      ? null
      : 'not a YAML mapping; write key: value lines';
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message : error).split('\n');
    return `not YAML: ${line?.replace(/:$/, '')}; correct it there`;
  }
}
