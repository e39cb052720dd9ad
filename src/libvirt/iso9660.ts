/**
 * A read-only ISO 9660 image of a few small files in one directory, with Joliet names (ECMA-119 and the Joliet
 * specification): the primary tree holds only 8.3 names in capitals, `meta-data` needs the second one.
 * No date and no random number goes in: the same files give the same bytes.
 */

export interface IsoFile {
  name: string;
  data: Uint8Array;
}

const SECTOR = 2048;
/** Where the parts lie: 16 sectors belong to the system, then descriptors, path tables, directories, files. */
const AT = {
  primary: 16,
  joliet: 17,
  end: 18,
  paths: [19, 20],
  jolietPaths: [21, 22],
  root: 23,
  jolietRoot: 24,
  files: 25,
} as const;
const ISO_ID = 'CD001';
/** Joliet's escape sequence for UCS-2 level 3. */
const UCS2_LEVEL_3 = '%/E';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const sectorsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / SECTOR));

/** Most numbers stand twice: little-endian, then big-endian. */
function both32(buffer: Buffer, offset: number, value: number): void {
  buffer.writeUInt32LE(value, offset);
  buffer.writeUInt32BE(value, offset + 4);
}
function both16(buffer: Buffer, offset: number, value: number): void {
  buffer.writeUInt16LE(value, offset);
  buffer.writeUInt16BE(value, offset + 2);
}

interface Extent {
  sector: number;
  bytes: number;
}

export function isoImage(label: string, files: readonly IsoFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  let next: number = AT.files;
  const placed = sorted.map((file) => {
    const extent: Extent = { sector: next, bytes: file.data.length };
    next += sectorsOf(file.data.length);
    return { ...file, extent };
  });
  const image = Buffer.alloc(next * SECTOR);
  const put = (sector: number, bytes: Uint8Array): void => image.set(bytes, sector * SECTOR);

  put(AT.primary, descriptor({ joliet: false, label, sectors: next, root: AT.root, paths: AT.paths }));
  put(AT.joliet, descriptor({ joliet: true, label, sectors: next, root: AT.jolietRoot, paths: AT.jolietPaths }));
  put(AT.end, terminator());
  for (const [paths, root] of [
    [AT.paths, AT.root],
    [AT.jolietPaths, AT.jolietRoot],
  ] as const) {
    put(paths[0], pathTable(root, 'little'));
    put(paths[1], pathTable(root, 'big'));
  }
  put(
    AT.root,
    directory(
      AT.root,
      placed.map(({ name, extent }, n) => ({ id: ascii(shortName(name, n)), extent })),
    ),
  );
  put(
    AT.jolietRoot,
    directory(
      AT.jolietRoot,
      placed.map(({ name, extent }) => ({ id: ucs2(`${name};1`), extent })),
    ),
  );
  for (const { data, extent } of placed) put(extent.sector, data);
  return image;
}

/** A name of eight capitals, unique by its number. */
function shortName(name: string, n: number): string {
  const stem = name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .slice(0, 6);
  return `${stem}${n}.;1`;
}

interface Descriptor {
  joliet: boolean;
  label: string;
  sectors: number;
  root: number;
  paths: readonly [number, number];
}

function descriptor({ joliet, label, sectors, root, paths }: Descriptor): Buffer {
  const b = Buffer.alloc(SECTOR);
  const text = (offset: number, length: number, value: string): void => {
    const bytes = joliet ? ucs2(value.padEnd(length >> 1, ' ')) : ascii(value.padEnd(length, ' '));
    bytes.copy(b, offset, 0, length);
  };
  b[0] = joliet ? 2 : 1;
  b.write(ISO_ID, 1, 'latin1');
  b[6] = 1;
  text(8, 32, '');
  text(40, 32, label);
  both32(b, 80, sectors);
  if (joliet) b.write(UCS2_LEVEL_3, 88, 'latin1');
  both16(b, 120, 1); // volumes in the set
  both16(b, 124, 1); // this one's number
  both16(b, 128, SECTOR);
  both32(b, 132, PATH_TABLE_BYTES);
  b.writeUInt32LE(paths[0], 140);
  b.writeUInt32BE(paths[1], 148);
  record(ROOT, { sector: root, bytes: SECTOR }, true).copy(b, 156);
  for (const [offset, length] of TEXT_FIELDS) text(offset, length, '');
  for (const offset of DATE_FIELDS) b.write('0'.repeat(16), offset, 'latin1');
  b[881] = 1; // version of the file structure
  return b;
}

/** Volume set, publisher, preparer, application, copyright, abstract, bibliography. */
const TEXT_FIELDS = [
  [190, 128],
  [318, 128],
  [446, 128],
  [574, 128],
  [702, 37],
  [739, 37],
  [776, 37],
] as const;
/** Created, modified, expires, effective: "not given" is sixteen zeros. */
const DATE_FIELDS = [813, 830, 847, 864] as const;
const ROOT = Buffer.from([0]);
const PARENT = Buffer.from([1]);
const PATH_TABLE_BYTES = 10;

function terminator(): Buffer {
  const b = Buffer.alloc(SECTOR);
  b[0] = 255;
  b.write(ISO_ID, 1, 'latin1');
  b[6] = 1;
  return b;
}

function pathTable(root: number, order: 'little' | 'big'): Buffer {
  const b = Buffer.alloc(PATH_TABLE_BYTES);
  b[0] = 1; // length of the root's name
  if (order === 'little') {
    b.writeUInt32LE(root, 2);
    b.writeUInt16LE(1, 6);
  } else {
    b.writeUInt32BE(root, 2);
    b.writeUInt16BE(1, 6);
  }
  return b;
}

function directory(own: number, entries: { id: Buffer; extent: Extent }[]): Buffer {
  const self: Extent = { sector: own, bytes: SECTOR };
  const records = [
    record(ROOT, self, true),
    record(PARENT, self, true),
    ...entries.map(({ id, extent }) => record(id, extent, false)),
  ];
  const all = Buffer.concat(records);
  if (all.length > SECTOR)
    throw new RangeError('an image of this kind holds a few files only: their names do not fit one sector');
  return all;
}

function record(id: Buffer, extent: Extent, isDirectory: boolean): Buffer {
  const length = 33 + id.length + (id.length % 2 === 0 ? 1 : 0);
  const b = Buffer.alloc(length);
  b[0] = length;
  both32(b, 2, extent.sector);
  both32(b, 10, extent.bytes);
  b.set([100, 1, 1, 0, 0, 0, 0], 18); // 1 January 2000, whatever the day
  b[25] = isDirectory ? 2 : 0;
  both16(b, 28, 1);
  b[32] = id.length;
  id.copy(b, 33);
  return b;
}
