/** Hosts with a sound URI behind which is not what it promises: wrong keys, certificates, ports, machines. */
import { generateKeyPairSync } from 'node:crypto';
import { aHost, type BadInput } from './cases.ts';
import { nameFor, secret } from './fleet.ts';

const ssh = 'qemu+ssh://root@{h1}/system';
const tls = 'qemu+tls://{h1}/system';
const key = '{ssh key}';
const known = '{known hosts}';
const certificates = { 'ca.crt': '{ca}', 'tls.crt': '{client certificate}', 'tls.key': '{client key}' };
const pem = { format: 'pem', type: 'pkcs8' } as const;
const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'pem',
  type: 'pkcs1',
});
const lockedKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'pem',
  type: 'pkcs1',
  cipher: 'aes-128-cbc',
  passphrase: 'x',
});
const otherKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export(pem);
const strangersHostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1cfXHY6bsGRMHcLrH9nGlq0kTzPpWmA5gkVkKBEcmT';

function host(
  refusedBy: BadInput['refusedBy'],
  wrong: string,
  uri: string,
  data: Record<string, string | Buffer> | null,
  says: readonly string[],
  spec: Record<string, unknown> = {},
): BadInput {
  const name = nameFor(wrong);
  const ours = data ? { ...secret(name, data), metadata: { name, namespace: 'virtfleet-system' } } : null;
  return {
    wrong,
    refusedBy,
    object: aHost({ uri, credentialsRef: data === null && !/ssh|tls/.test(uri) ? undefined : { name }, ...spec }, name),
    ...(ours ? { with: [ours] } : {}),
    says,
  };
}

/** What is seen in the Secret already: nothing is dialled. */
export const badSecrets: BadInput[] = [
  host('controller', 'a host without its Secret', ssh, null, [
    'no Secret virtfleet-system/bad-a-host-without',
    'Create it',
  ]),
  host('controller', 'a Secret without a key', ssh, { known_hosts: known }, [
    'Secret virtfleet-system/bad-a-secret',
    'lacks the key ssh-privatekey',
    'Put',
  ]),
  host('controller', 'a Secret without known hosts', ssh, { 'ssh-privatekey': key }, [
    'Secret',
    'lacks the key known_hosts',
    'ssh-keyscan',
  ]),
  host('controller', 'a Secret with an empty key', ssh, { 'ssh-privatekey': ' \n', known_hosts: known }, [
    'Secret',
    'lacks the key ssh-privatekey',
    'Put',
  ]),
  host('controller', 'a certificate without its key', tls, { 'ca.crt': '{ca}', 'tls.crt': '{client certificate}' }, [
    'Secret',
    'only one of tls.crt and tls.key',
    'needs both',
  ]),
  host('controller', 'a name without its password', tls, { ...certificates, username: 'virt' }, [
    'Secret',
    'only one of username and password',
    'Put',
  ]),
];

export const badHosts: BadInput[] = [
  host('host pool', 'a key that is no key', ssh, { 'ssh-privatekey': 'my key\n', known_hosts: known }, [
    'Host bad-',
    'ssh-privatekey cannot be used',
    'Put an unencrypted private key',
  ]),
  host('host pool', 'a key with a passphrase', ssh, { 'ssh-privatekey': lockedKey, known_hosts: known }, [
    'Host bad-',
    'ssh-privatekey cannot be used',
    'unencrypted',
  ]),
  host(
    'host pool',
    'a public key for a private one',
    ssh,
    {
      'ssh-privatekey': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1cfXHY6bsGRMHcLrH9nGlq0kTzPpWmA5gkVkKBEcmT me\n',
      known_hosts: known,
    },
    ['Host bad-', 'ssh-privatekey', 'private key'],
  ),
  host('host pool', 'the key of a stranger', ssh, { 'ssh-privatekey': strangersKey, known_hosts: known }, [
    '{h1}',
    'does not take the key',
    'authorized_keys',
  ]),
  host(
    'host pool',
    'a user that the host does not know',
    'qemu+ssh://nobody-here@{h1}/system',
    { 'ssh-privatekey': key, known_hosts: known },
    ['{h1}', 'nobody-here', 'authorized_keys'],
  ),
  host(
    'host pool',
    'known hosts that are none',
    ssh,
    { 'ssh-privatekey': key, known_hosts: 'h1 is a friend of mine\n' },
    ['Host bad-', 'known_hosts has no key for', 'ssh-keyscan'],
  ),
  host(
    'host pool',
    'known hosts of another host',
    ssh,
    { 'ssh-privatekey': key, known_hosts: `h2.example.com ${strangersHostKey}\n` },
    ['Host bad-', 'known_hosts has no key for {h1}', 'ssh-keyscan'],
  ),
  host('host pool', 'another host key', ssh, { 'ssh-privatekey': key, known_hosts: `{h1} ${strangersHostKey}\n` }, [
    '{h1}',
    'known_hosts',
    'fingerprint',
  ]),
  host(
    'host pool',
    'a host key that is revoked',
    ssh,
    { 'ssh-privatekey': key, known_hosts: '{known hosts}\n{revoked hosts}' },
    ['{h1}', 'revoked', 'fingerprint'],
  ),
  host(
    'host pool',
    'a socket that is not there',
    `${ssh}?socket=/run/nowhere`,
    { 'ssh-privatekey': key, known_hosts: known },
    ['/run/nowhere', '{h1}', 'libvirtd'],
  ),
  host(
    'host pool',
    'a socket of another service',
    `${ssh}?socket=/run/libvirt/virtlogd-sock`,
    { 'ssh-privatekey': key, known_hosts: known },
    ['Host bad-', 'socket', 'libvirt'],
  ),
  host(
    'host pool',
    'ssh to a port that is tls',
    'qemu+ssh://root@{h1}:16514/system',
    { 'ssh-privatekey': key, known_hosts: '{known hosts on 16514}' },
    ['{h1}:16514', 'ssh', 'port'],
  ),
  host('host pool', 'tls to a port that is ssh', 'qemu+tls://{h1}:22/system', certificates, ['{h1}:22', 'TLS', 'port']),
  host('host pool', 'tcp to a port that is ssh', 'qemu+tcp://{h1}:22/system', null, [
    'host bad-',
    'packet',
    'port in spec.uri',
  ]),
  host('host pool', 'a port where nobody listens', 'qemu+tcp://{h1}:4/system', null, [
    '{h1}:4',
    'nothing listens',
    'uri',
  ]),
  host('host pool', 'a name that nobody has', 'qemu+tcp://no-such-host.invalid/system', null, [
    'no-such-host.invalid',
    'cannot be resolved',
    'uri',
  ]),
  host('host pool', 'an address that nobody has', 'qemu+tcp://{nobody}/system', null, ['{nobody}', 'Host bad-', 'uri']),
  host('host pool', 'an authority of a stranger', tls, { ...certificates, 'ca.crt': '{other ca}' }, [
    '{h1}',
    'ca.crt',
    'authority',
  ]),
  host('host pool', 'no certificate of ours', tls, { 'ca.crt': '{ca}' }, ['{h1}', 'certificate', 'tls.crt']),
  host(
    'host pool',
    'a certificate of a stranger',
    tls,
    { 'ca.crt': '{ca}', 'tls.crt': '{other certificate}', 'tls.key': '{other key}' },
    ['{h1}', 'certificate', 'tls.crt'],
  ),
  host('host pool', 'a certificate with another key', tls, { ...certificates, 'tls.key': otherKey }, [
    'Host bad-',
    'ca.crt, tls.crt or tls.key cannot be used',
    'belong together',
  ]),
  host('host pool', 'a certificate that is none', tls, { ...certificates, 'tls.crt': 'a certificate' }, [
    'Host bad-',
    'ca.crt, tls.crt or tls.key cannot be used',
    'PEM',
  ]),
  host('host pool', 'the same machine under two names', ssh, { 'ssh-privatekey': key, known_hosts: known }, [
    'same machine',
    'as Host h1',
    'Delete one of the two',
  ]),
  host(
    'host pool',
    'another machine than expected',
    ssh,
    { 'ssh-privatekey': key, known_hosts: known },
    ['{h1 uuid}', '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f', 'Correct the URI'],
    { expectedHostUUID: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' },
  ),
];
