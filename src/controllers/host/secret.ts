/** A host's Secret: which keys it must have for which transport, and what a missing one is called. */
import type { HostCredentials } from '#hostpool/types.ts';
import type { HostUri } from '#libvirt/uri.ts';
import type { Secret } from '../secrets.ts';
import type { Obstacle } from './plan.ts';

export interface SecretInput {
  uri: Pick<HostUri, 'transport'>;
  /** Of the Secret, "namespace/name"; null: the Host names none. */
  name: string | null;
  /** Null: there is no such Secret. */
  secret: Secret | null;
}

export type CredentialsResult = { credentials: HostCredentials } | { obstacle: Obstacle };

/** The keys by Kubernetes' own conventions: those of kubernetes.io/ssh-auth, kubernetes.io/tls and basic-auth. */
export function readCredentials({ uri, name, secret }: SecretInput): CredentialsResult {
  if (name === null) {
    return uri.transport === 'ssh'
      ? missing(
          'SecretMissing',
          'spec.credentialsRef is not set; ssh needs a Secret with ssh-privatekey and known_hosts.',
        )
      : { credentials: {} };
  }
  if (!secret) {
    return missing('SecretMissing', `There is no Secret ${name}. Create it, or correct spec.credentialsRef.`);
  }
  const text = (key: string): string | undefined => decode(secret.data?.[key]);
  const credentials: HostCredentials = {
    sshPrivateKey: text('ssh-privatekey'),
    knownHosts: text('known_hosts'),
    caCert: text('ca.crt'),
    clientCert: text('tls.crt'),
    clientKey: text('tls.key'),
    username: text('username'),
    password: text('password'),
  };
  const problem = findProblem(uri.transport, credentials);
  return problem ? missing('SecretIncomplete', `Secret ${name} ${problem}`) : { credentials };
}

function findProblem(transport: HostUri['transport'], has: HostCredentials): string | null {
  if (transport === 'ssh') {
    if (!has.sshPrivateKey) return 'lacks the key ssh-privatekey. Put an unencrypted private key there.';
    if (!has.knownHosts) {
      return 'lacks the key known_hosts. Put the host’s public keys there (ssh-keyscan on a network that you trust): a host whose key is not known is never connected to.';
    }
  }
  if (transport === 'tls' && Boolean(has.clientCert) !== Boolean(has.clientKey)) {
    return 'has only one of tls.crt and tls.key; a client certificate needs both.';
  }
  if (Boolean(has.username) !== Boolean(has.password))
    return 'has only one of username and password. Put both there, or neither.';
  if (has.username && transport === 'tcp') {
    return 'has username and password, which would go over the network in plain text. Use a tls URI with them.';
  }
  return null;
}

function decode(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return text.trim() === '' ? undefined : text;
}

function missing(reason: string, message: string): CredentialsResult {
  return { obstacle: { reason, message } };
}
