import { statSync } from 'node:fs';
import * as lv from '@virtfleet/libvirt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rejection, until } from '../../../native/test/wait.ts';
import { guestXml, type Libvirtd, startLibvirtd } from './libvirtd.ts';

/** Volumes up and down, and a live migration between two daemons. */

const MIB = 1024 * 1024;
let first: Libvirtd;
let second: Libvirtd;
let connect: lv.Connect;
let pool: lv.StoragePool;
beforeAll(async () => {
  [first, second] = await Promise.all([startLibvirtd(), startLibvirtd()]);
  connect = await lv.open(first.uri, { events: false, timeoutMs: 10_000 });
  pool = await connect.storagePoolCreateXML(
    `<pool type='dir'><name>data</name><target><path>${first.dir}/pool</path></target></pool>`,
  );
});
afterAll(async () => {
  await connect?.close();
  await Promise.all([first?.stop(), second?.stop()]);
});

const volume = (name: string, bytes: number): Promise<lv.StorageVol> =>
  pool.volCreateXML(
    `<volume><name>${name}</name><capacity>${bytes}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>`,
  );

/** Not zeros, and of a pattern that no shift repeats. */
function pattern(bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  for (let i = 0; i + 4 <= bytes; i += 4) data.writeUInt32LE((i * 2_654_435_761) >>> 0, i);
  return data;
}

async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

async function* inParts(data: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

describe('upload and download', () => {
  it('carries bytes there and back, whatever the size of the parts', async () => {
    const data = pattern(5 * MIB + 1234);
    const vol = await volume('plain', data.length);
    const seen: bigint[] = [];
    expect(await lv.upload(vol, inParts(data, 300_001), { length: data.length, onProgress: (n) => seen.push(n) })).toBe(
      BigInt(data.length),
    );
    expect(seen.at(-1)).toBe(BigInt(data.length));
    expect((await read(lv.download(vol))).equals(data)).toBe(true);
    const middle = await read(lv.download(vol, { offset: 1_000_000, length: 500_000 }));
    expect(middle.equals(data.subarray(1_000_000, 1_500_000))).toBe(true);
  });

  it('writes at an offset and leaves the rest', async () => {
    const vol = await volume('offset', 3 * MIB);
    await lv.upload(vol, pattern(MIB), { offset: MIB, length: MIB });
    const all = await read(lv.download(vol));
    expect(all.subarray(0, MIB).equals(Buffer.alloc(MIB))).toBe(true);
    expect(all.subarray(MIB, 2 * MIB).equals(pattern(MIB))).toBe(true);
  });

  it('keeps holes as holes, both ways', async () => {
    const data = Buffer.concat([pattern(MIB), Buffer.alloc(30 * MIB), pattern(MIB)]);
    const vol = await volume('sparse', data.length);
    await lv.upload(vol, data, { length: data.length, sparse: true });
    expect(statSync(`${first.dir}/pool/sparse`).blocks * 512).toBeLessThan(4 * MIB);
    const pieces: (Uint8Array | bigint)[] = [];
    for await (const piece of lv.downloadSparse(vol)) pieces.push(piece);
    expect(pieces.filter((p) => typeof p === 'bigint')).toEqual([BigInt(30 * MIB)]);
    expect((await read(lv.download(vol, { sparse: true }))).equals(data)).toBe(true);
  });

  it('refuses a source that is longer or shorter than announced', async () => {
    const vol = await volume('length', MIB);
    expect(await rejection(lv.upload(vol, pattern(MIB), { length: MIB - 1 }))).toBeInstanceOf(RangeError);
    expect(await rejection(lv.upload(vol, pattern(MIB - 4), { length: MIB }))).toBeInstanceOf(RangeError);
  });

  it('stops when its signal says so', async () => {
    const vol = await volume('aborted', 64 * MIB);
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 10_000; i++) {
        if (i === 3) stop.abort(new Error('enough'));
        yield new Uint8Array(1000).fill(1);
      }
    }
    expect(String(await rejection(lv.upload(vol, endless(), { signal: stop.signal })))).toMatch(/enough/);
    const down = new AbortController();
    const reading = (async () => {
      for await (const _ of lv.download(vol, { signal: down.signal })) down.abort(new Error('seen enough'));
    })();
    expect(String(await rejection(reading))).toMatch(/seen enough/);
  });

  it('sends nothing after the gate has closed', async () => {
    const vol = await volume('gate', 2 * MIB);
    let chunks = 0;
    const notAfterMs = (): number => lv.boottimeMs() + (chunks > 2 ? -1 : 60_000);
    expect(
      await rejection(lv.upload(vol, pattern(2 * MIB), { notAfterMs, onProgress: () => chunks++ })),
    ).toBeInstanceOf(lv.GateClosed);
    expect(chunks).toBe(3);
  });

  it('tells a daemon that takes nothing any more', async () => {
    const own = await lv.open(first.uri, { events: false, timeoutMs: 10_000 });
    const vol = await (await own.storagePoolLookupByName('data')).volCreateXML(
      '<volume><name>stalled</name><capacity>268435456</capacity><allocation>0</allocation></volume>',
    );
    first.freeze();
    try {
      const error = await rejection(lv.upload(vol, new Uint8Array(256 * MIB).fill(7), { stallTimeoutMs: 300 }));
      expect(error).toBeInstanceOf(lv.LibvirtTimeout);
      own.abort();
      await own.close();
    } finally {
      first.thaw();
    }
  });

  it('reports what libvirt says of a volume that cannot be read', async () => {
    const vol = await volume('gone', MIB);
    await vol.delete();
    expect(await rejection(read(lv.download(vol)))).toMatchObject({
      name: 'LibvirtError',
      code: lv.VIR_ERR_NO_STORAGE_VOL,
    });
  });
});

describe('live migration', () => {
  it('moves a running guest with typed parameters, and holds its destination open meanwhile', async () => {
    const [from, to] = await Promise.all([
      lv.open(first.uri, { timeoutMs: 10_000 }),
      lv.open(second.uri, { timeoutMs: 10_000 }),
    ]);
    const domain = await from.domainDefineXMLFlags(guestXml('mover'), 0);
    await domain.create();
    const flags =
      lv.VIR_MIGRATE_LIVE |
      lv.VIR_MIGRATE_PERSIST_DEST |
      lv.VIR_MIGRATE_UNDEFINE_SOURCE |
      lv.VIR_MIGRATE_CHANGE_PROTECTION;
    const moving = domain.migrate3(
      to,
      { [lv.VIR_MIGRATE_PARAM_URI]: `unix://${first.dir}/migration.sock`, [lv.VIR_MIGRATE_PARAM_BANDWIDTH]: 200 },
      flags,
    );
    const moved = await moving;
    expect([moved.name, moved.uuid]).toEqual(['mover', domain.uuid]);
    expect(await moved.getState()).toMatchObject({ state: lv.VIR_DOMAIN_RUNNING });
    expect(await rejection(from.domainLookupByUUIDString(domain.uuid))).toMatchObject({ code: lv.VIR_ERR_NO_DOMAIN });
    await moved.destroy();
    await moved.undefine();
    await Promise.all([from.close(), to.close()]);
    await until('only the transfers’ connection is left', () => lv.counters().connections === 1);
  });
});
