import { createHmac, timingSafeEqual } from 'node:crypto';

/** One line of OpenSSH's known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export interface KnownHost {
  marker: 'revoked' | 'cert-authority' | null;
  /** Comma-separated patterns as written, or one hashed name. */
  names: string;
  keyType: string;
  key: Buffer;
}

export type KeyVerdict = 'match' | 'changed' | 'unknown' | 'revoked';

/** Lines that are no entries are skipped, as ssh does. */
export function parseKnownHosts(text: string): KnownHost[] {
  const entries: KnownHost[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const words = line.split(/\s+/);
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    const [names, keyType, key] = words;
    if (names === undefined || keyType === undefined || key === undefined) continue;
    if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority') continue;
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length === 0) continue;
    entries.push({
      marker: marker === undefined ? null : marker === '@revoked' ? 'revoked' : 'cert-authority',
      names,
      keyType,
      key: bytes,
    });
  }
  return entries;
}

/** How known_hosts writes a host: bare on port 22, `[host]:port` elsewhere. */
export function knownHostName(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

function matchesHash(names: string, host: string): boolean {
  const [, kind, salt, hash] = names.split('|');
  if (kind !== '1' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function matchesPattern(pattern: string, host: string): boolean {
  const source = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(host);
}

function isFor(entry: KnownHost, host: string): boolean {
  if (entry.names.startsWith('|')) return matchesHash(entry.names, host);
  let matches = false;
  for (const pattern of entry.names.split(',')) {
    if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1), host)) return false;
    } else if (matchesPattern(pattern, host)) matches = true;
  }
  return matches;
}

/** Entries that pin a key for that host; authorities are left out, for ssh2 knows no host certificates. */
export function entriesFor(entries: readonly KnownHost[], host: string, port: number): KnownHost[] {
  const name = knownHostName(host, port);
  return entries.filter((entry) => entry.marker !== 'cert-authority' && isFor(entry, name));
}

export function judgeKey(pinned: readonly KnownHost[], key: Buffer): KeyVerdict {
  const same = pinned.filter((entry) => entry.key.equals(key));
  if (same.some((entry) => entry.marker === 'revoked')) return 'revoked';
  if (same.length > 0) return 'match';
  return pinned.some((entry) => entry.marker === null) ? 'changed' : 'unknown';
}

/** Signature algorithms under which the host can prove a key that is pinned. */
export function hostKeyAlgorithms(pinned: readonly KnownHost[]): string[] {
  const algorithms = pinned
    .filter((entry) => entry.marker === null)
    .flatMap((entry) => (entry.keyType === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [entry.keyType]));
  return [...new Set(algorithms)];
}
