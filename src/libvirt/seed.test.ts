import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isoImage } from './iso9660.ts';
import { nocloudSeed, type SeedInput, seedDigest } from './seed.ts';

const SECTOR = 2048;

/** Reads the Joliet tree back, as ECMA-119 lays it out. */
function filesOf(image: Uint8Array): { label: string; files: Record<string, Buffer> } {
  const b = Buffer.from(image);
  const joliet = b.subarray(17 * SECTOR, 18 * SECTOR);
  expect(joliet.toString('latin1', 1, 6)).toBe('CD001');
  const utf16 = (bytes: Buffer): string => Buffer.from(bytes).swap16().toString('utf16le');
  const root = b.subarray(joliet.readUInt32LE(156 + 2) * SECTOR);
  const files: Record<string, Buffer> = {};
  for (let at = 0; (root[at] ?? 0) > 0; at += root[at] ?? 0) {
    const idLength = root[at + 32] ?? 0;
    if (idLength === 1) continue;
    const name = utf16(root.subarray(at + 33, at + 33 + idLength)).replace(/;1$/, '');
    const from = root.readUInt32LE(at + 2) * SECTOR;
    files[name] = b.subarray(from, from + root.readUInt32LE(at + 10));
  }
  return { label: utf16(joliet.subarray(40, 72)).trim(), files };
}

const input: SeedInput = {
  instanceId: '11111111-1111-4111-8111-111111111111',
  hostname: 'web',
  userData: '#cloud-config\n',
  sshKeys: ['ssh-ed25519 AAAA a@b'],
};
const metaData = (more: Partial<SeedInput>): unknown =>
  parse(filesOf(nocloudSeed({ ...input, ...more })).files['meta-data']?.toString() ?? '');

describe('a seed', () => {
  test('names a machine that YAML 1.1, which cloud-init reads, would take for something else', () => {
    const text = filesOf(nocloudSeed({ ...input, hostname: 'on', metaData: 'answer: yes\n' })).files['meta-data'];
    expect(parse(text?.toString() ?? '', { version: '1.1' })).toMatchObject({ 'local-hostname': 'on', answer: true });
  });

  test('is a volume cidata with the files of NoCloud', () => {
    const { label, files } = filesOf(nocloudSeed({ ...input, networkData: 'version: 2\n' }));
    expect(label).toBe('cidata');
    expect(Object.keys(files)).toEqual(['meta-data', 'network-config', 'user-data']);
    expect(files['user-data']?.toString()).toBe('#cloud-config\n');
    expect(files['network-config']?.toString()).toBe('version: 2\n');
  });

  test('says who the machine is; the user may add, not contradict', () => {
    const ours = { 'instance-id': input.instanceId, 'local-hostname': 'web', 'public-keys': ['ssh-ed25519 AAAA a@b'] };
    expect(metaData({})).toEqual(ours);
    expect(metaData({ metaData: 'instance-id: other\nrole: db\n' })).toEqual({ ...ours, role: 'db' });
  });

  test.each(['- a\n- b\n', 'text', 'a: [', 'a: 1\na: 2'])('with the meta-data %j is refused', (bad) => {
    expect(() => nocloudSeed({ ...input, metaData: bad })).toThrow(/cloudInit.metaData is refused/);
  });

  test('of the same input has the same bytes, of another one another digest', () => {
    expect(seedDigest(nocloudSeed(input))).toBe(seedDigest(nocloudSeed({ ...input })));
    expect(seedDigest(nocloudSeed(input))).not.toBe(seedDigest(nocloudSeed({ ...input, hostname: 'db' })));
    expect(seedDigest(nocloudSeed(input))).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('holds any file whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 5000 }), (a, b) => {
        const image = isoImage('cidata', [
          { name: 'a', data: a },
          { name: 'b', data: b },
        ]);
        expect(image.length % SECTOR).toBe(0);
        expect(filesOf(image).files).toEqual({ a: Buffer.from(a), b: Buffer.from(b) });
      }),
    );
  });
});
