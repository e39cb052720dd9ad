/** Tries many cases of bad input on a fleet at once, reads what each object says of itself, and takes all away again. */

import { type KubeObject, type ResourceKind, virtualMachineImageKind } from '#api/v1alpha1/index.ts';
import { TestAuthority } from '#hostpool/testing/certificates.ts';
import { unrestricted } from '#platform/right.ts';
import { definitions } from '../../../src/api/crd/definitions.ts';
import type { ApiObject, BadInput, Secret } from '../../integration/bad-input/cases.ts';
import { aVolume } from '../../integration/bad-input/cases.ts';
import { filled, holder } from '../../integration/bad-input/fleet.ts';
import { serveBad } from '../../integration/bad-input/serve.ts';
import type { BadImage } from '../../integration/bad-input/served-images.ts';
import { FileServer } from '../../integration/image/file-server.ts';
import { aQcow2 } from '../../integration/image/images.ts';
import { waitFor } from '../../rig/wait.ts';
import { client, get, namespace, ready, rig, secretKind, until } from './world.ts';

type Object = ApiObject | Secret;

interface Judged extends KubeObject {
  status?: { message?: string; conditions?: { type: string; status: string; reason: string; message: string }[] };
}

const deadlineMs = 60_000;
/** Somebody else's domain has this name on every host. */
const foreignName = `${namespace}_bad-a-domain-of-that-name-by-somebody-else`;

const removed = `virsh --quiet undefine ${foreignName}; rm -f /srv/virtfleet/loop /srv/virtfleet/a-file`;

export type Inventory = Record<string, { domains: string[]; networks: string[]; pools: string[]; files: string[] }>;

/** What libvirt's own client, and find, see on every host. */
export async function inventory(): Promise<Inventory> {
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .sort();
  const hosts = rig.hosts.filter(({ kind }) => kind === 'qemu');
  const seen = await Promise.all(
    hosts.map(async ({ name }) => ({
      name,
      domains: lines(await rig.virsh(name, 'list', '--all', '--name')),
      networks: lines(await rig.virsh(name, 'net-list', '--all', '--name')),
      pools: lines(await rig.virsh(name, 'pool-list', '--all', '--name')),
      files: lines(
        await rig
          .exec(name, ['find', '/srv', '/proc/virtfleet', '-type', 'f'])
          .catch(() => rig.exec(name, ['find', '/srv', '-type', 'f'])),
      ),
    })),
  );
  return Object.fromEntries(seen.map(({ name, ...there }) => [name, there]));
}

function kindOf({ kind }: Pick<Object, 'kind'>): ResourceKind<Judged> {
  if (kind === 'Secret') return secretKind as ResourceKind<Judged>;
  const found = definitions.find(({ resource }) => resource.kind === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found.resource as ResourceKind<Judged>;
}

const said = ({ status }: Judged): string =>
  [status?.conditions?.find(({ type }) => type === 'Ready')?.message, status?.message]
    .filter((text) => text)
    .join('\n');

export class BadInputs {
  readonly #words: Record<string, string>;
  /** Made by us, the last first. */
  readonly #made: { kind: ResourceKind<Judged>; namespace: string | undefined; name: string }[] = [];
  readonly #authority: TestAuthority;
  readonly #server: FileServer;

  private constructor(words: Record<string, string>, authority: TestAuthority, server: FileServer) {
    this.#server = server;
    this.#words = words;
    this.#authority = authority;
  }

  /** The machine that holds what others want, somebody else's domain, and paths that are none. */
  static async prepare(): Promise<BadInputs> {
    const authority = new TestAuthority('strangers');
    // This machine on the rig's network: where the operator may fetch from.
    const server = await FileServer.start(rig.imageServer.http.replace(/^http:\/\/(.*)\.\d+$/, '$1.1'));
    const inputs = new BadInputs(await wordsOf(authority), authority, server);
    await onEveryHost(removed); // of what a run that was broken off has left
    await onEveryHost('ln -sfn loop /srv/virtfleet/loop && touch /srv/virtfleet/a-file');
    const xml = `<domain type='qemu'><name>${foreignName}</name><memory>8192</memory><os><type>hvm</type></os></domain>`;
    await onEveryHost(`echo "${xml}" | virsh --quiet define /dev/stdin`);
    await inputs.#apply(aVolume({ poolName: 'shared', size: '8Mi' }, 'held'));
    await inputs.#apply(holder);
    const { status } = await ready(holder.metadata.name);
    inputs.#words['holder uuid'] = status?.uuid ?? '';
    return inputs;
  }

  /** The words of a case as they will be in its message. */
  says(one: BadInput): string[] {
    return filled([...one.says], this.#words);
  }

  /** The same images as objects whose URLs lead to this machine. */
  async serve(images: readonly BadImage[]): Promise<BadInput[]> {
    const good = await aQcow2();
    return await Promise.all(images.map(async (one) => ({ ...one, ...(await serveBad(this.#server, one, good)) })));
  }

  /** Applies all, and waits until each says what it must, or the time is over. What each said at last is returned. */
  async tryAll(cases: readonly BadInput[]): Promise<Map<BadInput, string>> {
    for (const one of cases) for (const object of one.with ?? []) await this.#apply(object);
    const told = new Map<BadInput, string>();
    await Promise.all(
      cases.map((one) => this.#apply(one.object).catch((error: unknown) => told.set(one, `not stored: ${error}`))),
    );
    const isTold = (one: BadInput): boolean => this.says(one).every((words) => told.get(one)?.includes(words));
    await waitFor(
      'every case to be refused as it must',
      async () => {
        reviveOperator();
        const waiting = cases.filter((one) => !isTold(one));
        await Promise.all(
          waiting.map(async (one) => {
            const object = await get(kindOf(one.object), one.object.metadata.name);
            if (object) told.set(one, said(object));
          }),
        );
        return cases.every(isTold) || null;
      },
      { timeoutMs: deadlineMs, intervalMs: 500, orElse: 'continue' },
    );
    return told;
  }

  /** Deletes what was made, and waits until it is gone. */
  async removeAll(): Promise<void> {
    const made = this.#made.splice(0).reverse();
    const at = ({ namespace: where, name }: (typeof made)[number]) => ({
      name,
      ...(where ? { namespace: where } : {}),
    });
    for (const one of made) await client.delete(unrestricted, one.kind, at(one));
    let left: string[] = [];
    await waitFor(
      'all of it to be gone',
      async () => {
        reviveOperator();
        const found = await Promise.all(made.map((one) => client.get(one.kind, at(one))));
        left = found.flatMap((object, n) =>
          object ? [`${made[n]?.kind.kind} ${made[n]?.name}: ${said(object)}`] : [],
        );
        return left.length === 0 || null;
      },
      { timeoutMs: deadlineMs, intervalMs: 250, orElse: 'continue' },
    );
    if (left.length > 0) throw new Error(`these do not go away:\n${left.join('\n')}`);
  }

  async cleanUp(): Promise<void> {
    this.#authority.close();
    await this.#server[Symbol.asyncDispose]();
    await onEveryHost(removed);
    await this.removeAll();
  }

  async #apply(object: Object): Promise<void> {
    const { metadata, apiVersion, ...rest } = filled(object, this.#words);
    const where = metadata.namespace === 'default' ? namespace : metadata.namespace;
    const kind = kindOf(object);
    const { name } = metadata;
    if (this.#made.some((one) => one.kind === kind && one.name === name)) return;
    this.#made.push({ kind, namespace: where, name });
    const body = { apiVersion, ...rest, metadata: { ...metadata, ...(where ? { namespace: where } : {}) } };
    await client.apply(unrestricted, kind, body as never, { fieldManager: 'e2e', force: true });
  }
}

/** As its Deployment would: on a busy machine it may lose its Lease, and ends then. */
function reviveOperator(): void {
  if (rig.componentState('operator') === 'stopped') rig.startOperator({});
}

async function onEveryHost(script: string): Promise<void> {
  const hosts = rig.hosts.filter(({ kind }) => kind === 'qemu');
  await Promise.all(hosts.map(({ name }) => rig.exec(name, ['sh', '-c', script])));
}

/** What the cases leave open: addresses, keys and certificates of this fleet, and a stranger's. */
async function wordsOf(authority: TestAuthority): Promise<Record<string, string>> {
  const [first] = rig.hosts;
  if (!first) throw new Error('the fleet has no host');
  const { credentials } = rig;
  const tiny = await until(virtualMachineImageKind, 'tiny', 'have a checksum', ({ spec }) => spec.http?.checksum);
  const network = first.address.split('.').slice(0, 2).join('.');
  const stranger = authority.issue('stranger');
  const keys = credentials.knownHosts.split('\n').filter((line) => line.startsWith(`${first.address},`));
  return {
    h1: first.address,
    'h1 uuid': first.uuid,
    nobody: `${network}.9.9`,
    'host range': `${network}.0.0/16`,
    images: new URL(rig.imageServer.http).host,
    'tiny checksum': tiny.spec.http?.checksum ?? '',
    'ssh key': credentials.sshPrivateKey,
    'known hosts': credentials.knownHosts,
    'known hosts on 16514': keys.map((line) => line.replace(/^\S+/, `[${first.address}]:16514`)).join('\n'),
    'revoked hosts': keys.map((line) => `@revoked ${line}`).join('\n'),
    ca: credentials.caCertificate,
    'client certificate': credentials.clientCertificate,
    'client key': credentials.clientKey,
    'other ca': authority.cert,
    'other certificate': stranger.cert,
    'other key': stranger.key,
  };
}
