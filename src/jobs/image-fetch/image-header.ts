import { open } from 'node:fs/promises';
import { fetchError } from './errors.ts';

export type ImageFormat = 'qcow2' | 'raw';

const HEADER_BYTES = 64 * 1024;
const EXTENSION_END = 0;
const EXTENSION_DATA_FILE = 0x44415441;
/** Dirty (1), corrupt (2), external data file (4), compression type (8), extended L2 entries (16). */
const INCOMPATIBLE = { corrupt: 2n, dataFile: 4n, known: 1n | 2n | 4n | 8n | 16n };

const OTHER_FORMATS: readonly [string, Buffer][] = [
  ['qcow2', Buffer.from('514649fb', 'hex')],
  ['gzip', Buffer.from('1f8b', 'hex')],
  ['xz', Buffer.from('fd377a585a00', 'hex')],
  ['zstd', Buffer.from('28b52ffd', 'hex')],
  ['bzip2', Buffer.from('BZh')],
  ['zip', Buffer.from('504b0304', 'hex')],
  ['VMDK', Buffer.from('KDMV')],
  ['VMDK', Buffer.from('# Disk DescriptorFile')],
  ['VHDX', Buffer.from('vhdxfile')],
  ['VHD', Buffer.from('conectix')],
  ['QED', Buffer.from('QED\0')],
  ['json', Buffer.from('json:')],
];

export async function readHeader(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function invalid(why: string, mend: string) {
  return fetchError('ImageInvalid', `The image ${why}`, mend);
}

const FLATTEN = 'Make it stand alone: qemu-img convert -O qcow2 IN OUT.';

/**
 * Reads an image's header before any program of QEMU opens it: what names another file would make it read that file. The
 * format is the one that was declared; the content must agree, it is never guessed from.
 */
export function checkHeader(header: Buffer, format: ImageFormat, maxVirtualBytes: number): void {
  const found = OTHER_FORMATS.find(([, magic]) => header.subarray(0, magic.length).equals(magic))?.[0];
  if (format === 'raw') {
    if (header.length === 0) throw invalid('is empty', 'See what the server serves.');
    if (found !== undefined) throw invalid(`is declared Raw, but is ${found}`, `Declare its format, or convert it.`);
    return;
  }
  if (found !== 'qcow2') {
    const what = found ?? 'something else';
    const packed = ['gzip', 'xz', 'zstd', 'bzip2', 'zip'].includes(what);
    throw invalid(
      `is declared QCOW2, but is ${what}`,
      packed
        ? 'Unpack it on the server; the checksum is that of the unpacked file.'
        : 'Declare its format, or convert it.',
    );
  }
  if (header.length < 104) throw invalid(`ends after ${header.length} bytes`, 'See that it is whole on the server.');
  checkQcow2(header, maxVirtualBytes);
}

function checkQcow2(header: Buffer, maxVirtualBytes: number): void {
  const version = header.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw invalid(`has version ${version} of qcow2`, 'Convert it to version 2 or 3.');
  if (header.readBigUInt64BE(8) !== 0n) throw invalid('names a backing file', FLATTEN);
  const clusterBits = header.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) throw invalid(`has clusters of 2^${clusterBits} bytes`, FLATTEN);
  const virtualBytes = header.readBigUInt64BE(24);
  if (virtualBytes === 0n) throw invalid('has no size', 'See that it is whole on the server.');
  if (virtualBytes > BigInt(maxVirtualBytes)) {
    throw fetchError(
      'ImageTooLarge',
      `The image is a disk of ${virtualBytes} bytes, the limit is ${maxVirtualBytes}`,
      'Use a smaller one, or have the administrator raise --image-max-size.',
    );
  }
  if (header.readUInt32BE(32) !== 0) throw invalid('is encrypted', 'Decrypt it: images are shared by machines.');
  if (version === 3) {
    const incompatible = header.readBigUInt64BE(72);
    if (incompatible & INCOMPATIBLE.dataFile) throw invalid('names an external data file', FLATTEN);
    if (incompatible & INCOMPATIBLE.corrupt) throw invalid('is marked corrupt', 'Repair it: qemu-img check -r all.');
    if (incompatible & ~INCOMPATIBLE.known) throw invalid('uses features of qcow2 that are not known', FLATTEN);
  }
  checkExtensions(header, version === 3 ? header.readUInt32BE(100) : 72);
}

function checkExtensions(header: Buffer, start: number): void {
  for (let at = start; at + 8 <= header.length; ) {
    const type = header.readUInt32BE(at);
    if (type === EXTENSION_END) return;
    if (type === EXTENSION_DATA_FILE) throw invalid('names an external data file', FLATTEN);
    at += 8 + Math.ceil(header.readUInt32BE(at + 4) / 8) * 8;
  }
}
