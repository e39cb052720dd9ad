import { describe, expect, test } from 'vitest';
import { rebased, rebaseHeader } from './rebase.ts';

const AT = 600;
/** The first cluster of a file that stands on `path`. */
function header(path: string, { bytes = 65_536, clusterBits = 16 } = {}): Buffer {
  const head = Buffer.alloc(bytes);
  head.writeUInt32BE(0x51_46_49_fb, 0);
  head.writeUInt32BE(3, 4);
  head.writeBigUInt64BE(path === '' ? 0n : BigInt(AT), 8);
  head.writeUInt32BE(path.length, 16);
  head.writeUInt32BE(clusterBits, 20);
  head.write(path, AT);
  return head;
}
async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const pathIn = (head: Uint8Array): string => {
  const bytes = Buffer.from(head);
  return bytes.toString('utf8', AT, AT + bytes.readUInt32BE(16));
};

describe('the path of the base in the header of a disk', () => {
  test.each([
    ['as long', '/pool/base-2.qcow2'],
    ['longer', '/elsewhere/base-200.qcow2'],
    ['shorter', '/b'],
  ])('another that is %s', (_, path) => {
    const before = header('/pool/base-1.qcow2');
    const after = rebaseHeader(before, path);
    expect(pathIn(after)).toBe(path);
    expect(after.length).toBe(before.length);
    // Nothing is left of the old one, and nothing else has changed.
    const rest = (bytes: Uint8Array): Buffer =>
      Buffer.from(bytes)
        .fill(0, AT, AT + 100)
        .fill(0, 16, 20);
    expect(rest(after).equals(rest(before))).toBe(true);
  });

  test.each([
    ['no qcow2 file', Buffer.alloc(65_536), '/b', /no qcow2 file/],
    ['a file that stands on nothing', header(''), '/b', /stands on nothing/],
    ['too long a path', header('/a'), `/${'b'.repeat(1_023)}`, /no room/],
    ['small clusters', header('/a', { clusterBits: 9 }), '/b', /no room/],
    ['a file that ends before', header('/a', { bytes: 601 }), '/bcd', /no room/],
  ])('%s is refused', (_, head, path, why) => {
    expect(() => rebaseHeader(head, path)).toThrow(why);
  });

  test.each([1_000, 65_536, 262_120])('in a stream of pieces of %i bytes', async (size) => {
    const whole = Buffer.concat([header('/pool/base-1.qcow2'), Buffer.alloc(200_000, 7)]);
    async function* pieces() {
      for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
    }
    const out = await gather(rebased(pieces(), '/pool/base-12.qcow2'));
    expect(pathIn(out)).toBe('/pool/base-12.qcow2');
    expect(out.subarray(65_536).equals(whole.subarray(65_536))).toBe(true);
  });

  test('in a file that is shorter than what is waited for', async () => {
    async function* pieces() {
      yield header('/a', { bytes: 4_096 });
    }
    const out = await gather(rebased(pieces(), '/b'));
    expect([pathIn(out), out.length]).toEqual(['/b', 4_096]);
  });
});
