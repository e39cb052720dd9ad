import { VirtfleetError } from '#platform/errors.ts';

/**
 * The header of a qcow2 file says what it stands on: eight bytes from 8 on where the path begins, four from 16 on how long
 * it is. Numbers are big-endian. The path is the last thing in the first cluster, so that another one may be longer.
 * https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.txt
 */
const MAGIC = 0x51_46_49_fb;
const HEADER_BYTES = 104;
/** QEMU refuses a longer path. */
const MAX_PATH = 1_023;

/** Puts another path in place of the one in the first bytes of a file. @throws InvalidSpec when that cannot be done */
export function rebaseHeader(head: Uint8Array, path: string): Uint8Array {
  const out = Buffer.from(head);
  const name = Buffer.from(path);
  if (out.length < HEADER_BYTES || out.readUInt32BE(0) !== MAGIC) throw refusal('it is no qcow2 file');
  const at = Number(out.readBigUInt64BE(8));
  const length = out.readUInt32BE(16);
  const cluster = 2 ** out.readUInt32BE(20);
  if (at === 0) throw refusal('it stands on nothing');
  if (name.length > MAX_PATH || at + Math.max(length, name.length) > Math.min(cluster, out.length)) {
    throw refusal(`there is no room for ${path}`);
  }
  out.fill(0, at, at + length);
  name.copy(out, at);
  out.writeUInt32BE(name.length, 16);
  return out;
}

const refusal = (why: string): VirtfleetError =>
  new VirtfleetError('InvalidSpec', 'MoveFailed', `The header of a disk cannot be told where its base is now: ${why}`);

/** The pieces of a qcow2 file, with another path of its base. */
export async function* rebased(pieces: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (head === null) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < FIRST_BYTES) continue;
    yield rebaseHeader(head, path);
    head = null;
  }
  if (head !== null) yield rebaseHeader(head, path);
}

/** More than the path and what comes before it ever take. */
const FIRST_BYTES = 64 * 1024;
