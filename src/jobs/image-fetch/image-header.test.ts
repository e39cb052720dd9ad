import { describe, expect, it } from 'vitest';
import { checkHeader, type ImageFormat } from './image-header.ts';

const GiB = 1024 ** 3;

interface Header {
  version?: number;
  backing?: bigint;
  clusterBits?: number;
  size?: bigint;
  crypt?: number;
  incompatible?: bigint;
  extensions?: [number, Buffer][];
}

function qcow2({ version = 3, backing = 0n, clusterBits = 16, size = BigInt(GiB), ...rest }: Header = {}): Buffer {
  const header = Buffer.alloc(4096);
  header.write('QFI\xfb', 0, 'latin1');
  header.writeUInt32BE(version, 4);
  header.writeBigUInt64BE(backing, 8);
  header.writeUInt32BE(clusterBits, 20);
  header.writeBigUInt64BE(size, 24);
  header.writeUInt32BE(rest.crypt ?? 0, 32);
  header.writeBigUInt64BE(rest.incompatible ?? 0n, 72);
  header.writeUInt32BE(104, 100);
  let at = version === 3 ? 104 : 72;
  for (const [type, data] of rest.extensions ?? []) {
    header.writeUInt32BE(type, at);
    header.writeUInt32BE(data.length, at + 4);
    data.copy(header, at + 8);
    at += 8 + Math.ceil(data.length / 8) * 8;
  }
  return header;
}

describe('the header of an image', () => {
  const cases: [string, Buffer, ImageFormat, RegExp | null][] = [
    ['a sound qcow2', qcow2(), 'qcow2', null],
    ['version 2', qcow2({ version: 2 }), 'qcow2', null],
    ['dirty, compressed by zstd, extended entries', qcow2({ incompatible: 1n | 8n | 16n }), 'qcow2', null],
    ['a feature table before the end', qcow2({ extensions: [[0x6803f857, Buffer.alloc(336)]] }), 'qcow2', null],
    ['raw bytes', Buffer.from('anything'), 'raw', null],
    ['nothing', Buffer.alloc(0), 'raw', /is empty/],
    ['version 4', qcow2({ version: 4 }), 'qcow2', /version 4/],
    ['a backing file', qcow2({ backing: 512n }), 'qcow2', /backing file/],
    ['an external data file, by its bit', qcow2({ incompatible: 4n }), 'qcow2', /data file/],
    [
      'an external data file, by its name alone',
      qcow2({ extensions: [[0x44415441, Buffer.from('/etc/shadow')]] }),
      'qcow2',
      /data file/,
    ],
    [
      'an external data file behind another extension',
      qcow2({
        extensions: [
          [0x6803f857, Buffer.alloc(13)],
          [0x44415441, Buffer.from('json:{}')],
        ],
      }),
      'qcow2',
      /data file/,
    ],
    ['corrupt', qcow2({ incompatible: 2n }), 'qcow2', /corrupt/],
    ['unknown features', qcow2({ incompatible: 1n << 40n }), 'qcow2', /not known/],
    ['encrypted', qcow2({ crypt: 2 }), 'qcow2', /encrypted/],
    ['clusters beyond measure', qcow2({ clusterBits: 63 }), 'qcow2', /clusters/],
    ['no size', qcow2({ size: 0n }), 'qcow2', /no size/],
    ['too large', qcow2({ size: BigInt(3 * GiB) }), 'qcow2', /limit/],
    ['cut off', qcow2().subarray(0, 90), 'qcow2', /ends after 90/],
    ['qcow2 that is declared raw', qcow2(), 'raw', /is qcow2/],
    ['VMDK', Buffer.from('KDMV\x01\0\0\0'), 'qcow2', /is VMDK/],
    ['a VMDK description, declared raw', Buffer.from('# Disk DescriptorFile\n'), 'raw', /is VMDK/],
    ['json, declared raw', Buffer.from('json:{"driver":"file"}'), 'raw', /is json/],
    ['xz', Buffer.from('fd377a585a0000', 'hex'), 'qcow2', /is xz/],
    ['gzip, declared raw', Buffer.from('1f8b0800', 'hex'), 'raw', /is gzip/],
    ['a web page', Buffer.from('<!DOCTYPE html>'), 'qcow2', /something else/],
  ];
  it.each(cases)('%s', (_name, header, format, expected) => {
    const check = (): void => checkHeader(header, format, 2 * GiB);
    if (expected === null) expect(check).not.toThrow();
    else expect(check).toThrow(expected);
  });

  it('every refusal has a reason and a mend', () => {
    for (const [name, header, format, expected] of cases) {
      if (expected === null) continue;
      expect(() => checkHeader(header, format, 2 * GiB), name).toThrow(
        expect.objectContaining({
          errorClass: 'InvalidSpec',
          reason: expect.stringMatching(/^Image/),
          mend: expect.any(String),
        }),
      );
    }
  });
});
