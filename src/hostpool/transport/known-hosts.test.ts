import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { entriesFor, hostKeyAlgorithms, judgeKey, parseKnownHosts } from './known-hosts.ts';

const K1 = Buffer.from('key one');
const K2 = Buffer.from('key two');
const b64 = (key: Buffer): string => key.toString('base64');
const hashed = (name: string): string => {
  const salt = randomBytes(20);
  return `|1|${b64(salt)}|${createHmac('sha1', salt).update(name).digest('base64')}`;
};

const rows: { line: string; host: string; port: number; hit: boolean }[] = [
  { line: `h1 ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 22, hit: true },
  { line: `h1 ssh-ed25519 ${b64(K1)}`, host: 'H1', port: 22, hit: true },
  { line: `h1 ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 2222, hit: false },
  { line: `[h1]:2222 ssh-ed25519 ${b64(K1)} comment here`, host: 'h1', port: 2222, hit: true },
  { line: `[h1]:2222 ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 22, hit: false },
  { line: `h2,10.0.0.1 ssh-ed25519 ${b64(K1)}`, host: '10.0.0.1', port: 22, hit: true },
  { line: `*.example.org ssh-ed25519 ${b64(K1)}`, host: 'a.example.org', port: 22, hit: true },
  { line: `*.example.org ssh-ed25519 ${b64(K1)}`, host: 'a-example-org', port: 22, hit: false },
  { line: `*.example.org,!b.example.org ssh-ed25519 ${b64(K1)}`, host: 'b.example.org', port: 22, hit: false },
  { line: `${hashed('h1')} ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 22, hit: true },
  { line: `${hashed('[h1]:2222')} ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 2222, hit: true },
  { line: `${hashed('h1')} ssh-ed25519 ${b64(K1)}`, host: 'h2', port: 22, hit: false },
  { line: `@cert-authority h1 ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 22, hit: false },
  { line: `# h1 ssh-ed25519 ${b64(K1)}`, host: 'h1', port: 22, hit: false },
  { line: 'h1 ssh-ed25519', host: 'h1', port: 22, hit: false },
];

describe('known_hosts', () => {
  for (const { line, host, port, hit } of rows) {
    test(`"${line.slice(0, 40)}" ${hit ? 'pins' : 'does not pin'} ${host} port ${port}`, () => {
      expect(entriesFor(parseKnownHosts(`\n${line}\n`), host, port).length).toBe(hit ? 1 : 0);
    });
  }

  test('a key is judged by all lines of its host', () => {
    const of = (text: string) => entriesFor(parseKnownHosts(text), 'h1', 22);
    expect(judgeKey(of(`h1 ssh-ed25519 ${b64(K1)}\nh1 ssh-rsa ${b64(K2)}`), K2)).toBe('match');
    expect(judgeKey(of(`h1 ssh-ed25519 ${b64(K1)}`), K2)).toBe('changed');
    expect(judgeKey(of(`h1 ssh-ed25519 ${b64(K1)}\n@revoked * ssh-ed25519 ${b64(K1)}`), K1)).toBe('revoked');
    expect(judgeKey([], K1)).toBe('unknown');
  });

  test('the host is asked for the kinds of key that are pinned', () => {
    const pinned = entriesFor(parseKnownHosts(`h1 ssh-rsa ${b64(K1)}\nh1 ssh-ed25519 ${b64(K2)}`), 'h1', 22);
    expect(hostKeyAlgorithms(pinned)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
  });
});
