import { describe, expect, test } from 'vitest';
import type { Secret } from '../secrets.ts';
import { readCredentials } from './secret.ts';

function secret(data: Record<string, string>): Secret {
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'ns', uid: 'u', resourceVersion: '1' },
    data: Object.fromEntries(encoded),
  };
}
const name = 'ns/s';

describe('readCredentials', () => {
  type Transport = Parameters<typeof readCredentials>[0]['uri']['transport'];
  const refused: [string, Transport, string | null, Secret | null, string, RegExp][] = [
    ['ssh without a Secret', 'ssh', null, null, 'SecretMissing', /credentialsRef is not set/],
    ['no such Secret', 'tls', name, null, 'SecretMissing', /no Secret ns\/s/],
    ['ssh without key', 'ssh', name, secret({ known_hosts: 'h' }), 'SecretIncomplete', /ssh-privatekey/],
    ['ssh without host keys', 'ssh', name, secret({ 'ssh-privatekey': 'k' }), 'SecretIncomplete', /known_hosts/],
    [
      'an empty key is none',
      'ssh',
      name,
      secret({ 'ssh-privatekey': ' ', known_hosts: 'h' }),
      'SecretIncomplete',
      /ssh-privatekey/,
    ],
    ['half a client certificate', 'tls', name, secret({ 'tls.crt': 'c' }), 'SecretIncomplete', /needs both/],
    ['half a login', 'tls', name, secret({ username: 'u' }), 'SecretIncomplete', /username and password/],
    ['a password in plain text', 'tcp', name, secret({ username: 'u', password: 'p' }), 'SecretIncomplete', /tls URI/],
  ];
  test.each(refused)('%s', (_case, transport, secretName, object, reason, message) => {
    const result = readCredentials({ uri: { transport }, name: secretName, secret: object });
    expect(result).toEqual({ obstacle: { reason, message: expect.stringMatching(message) } });
  });

  test('without a Secret where none is needed', () => {
    expect(readCredentials({ uri: { transport: 'unix' }, name: null, secret: null })).toEqual({ credentials: {} });
  });
  test('all that is there is handed on', () => {
    const object = secret({ 'ssh-privatekey': 'k', known_hosts: 'h' });
    const result = readCredentials({ uri: { transport: 'ssh' }, name, secret: object });
    expect(result).toMatchObject({ credentials: { sshPrivateKey: 'k', knownHosts: 'h' } });
  });
});
