import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as lv from '../lib/index.ts';
import { rejection } from './wait.ts';

let connect: lv.Connect;
/** What became of each call that ends a stream. */
let farewells: string[];
const abort = lv.Stream.prototype.abort;

beforeEach(async () => {
  connect = await lv.open('test:///default', { maxInFlight: 4 });
  farewells = [];
  vi.spyOn(lv.Stream.prototype, 'abort').mockImplementation(function (this: lv.Stream, opts) {
    const said = abort.call(this, opts);
    said.then(
      () => farewells.push('said'),
      (error: Error) => farewells.push(error.name),
    );
    return said;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await connect.close();
});

/** A volume of libvirt's test driver, which has no streams of its own: `over` stands for what a daemon would do. */
async function volumeWith(over: Partial<Pick<lv.StorageVol, 'upload' | 'download'>>): Promise<lv.StorageVol> {
  const pool = await connect.storagePoolLookupByName('default-pool');
  const xml = '<volume><name>v</name><capacity>1048576</capacity></volume>';
  const volume = await pool.volLookupByName('v').catch(() => pool.volCreateXML(xml, 0));
  return Object.assign(volume, over);
}

/** Gives nothing and does not end. */
const standing = (): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => new Promise(() => {}) }),
});

describe('a copy that is given up', () => {
  it.each(['cancelled', 'failed'])('and %s has told the host so before it rejects', async (how) => {
    const volume = await volumeWith({ upload: async () => {} });
    for (let round = 0; round < 30; round += 1) {
      const end = new AbortController();
      const data = how === 'failed' ? new Uint8Array(2) : standing();
      const copy = lv.upload(volume, data, { length: 1, signal: end.signal });
      if (how === 'cancelled') setImmediate(() => end.abort());
      await rejection(copy);
      // What is not settled now would be taken back by a close of the connection.
      expect(farewells).toHaveLength(round + 1);
    }
    expect(new Set(farewells)).toEqual(new Set(['said']));
  });

  it('while a source stands still waits for neither its next piece nor its end', async () => {
    let isAsked = false;
    const volume = await volumeWith({ upload: async () => {} });
    const end = new AbortController();
    const source: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        isAsked = true;
        return standing()[Symbol.asyncIterator]();
      },
    };
    const copy = rejection(lv.upload(volume, source, { length: 1, signal: end.signal }));
    await vi.waitFor(() => expect(isAsked).toBe(true));
    end.abort(new Error('enough'));
    expect(await copy).toMatchObject({ message: 'enough' });
  });

  it('sends nothing after the signal, not even what the source had ready', async () => {
    const volume = await volumeWith({ upload: async () => {} });
    const send = vi.spyOn(lv.Stream.prototype, 'send').mockResolvedValue(undefined);
    const end = new AbortController();
    const onProgress = (): void => end.abort();
    const data = new Uint8Array(1024 * 1024);
    await rejection(lv.upload(volume, data, { signal: end.signal, onProgress }));
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('before it has begun is ended when it has, and a host that hangs is not waited for', async () => {
    const opening = Promise.withResolvers<void>();
    let begun = 0;
    const begin = (): Promise<void> => {
      begun += 1;
      return opening.promise;
    };
    const volume = await volumeWith({ upload: begin, download: begin });
    const end = new AbortController();
    const copies = [
      rejection(lv.upload(volume, new Uint8Array(1), { signal: end.signal, farewellMs: 50 })),
      rejection(lv.download(volume, { signal: end.signal, farewellMs: 50 }).next()),
    ];
    await vi.waitFor(() => expect(begun).toBe(2));
    end.abort();
    for (const error of await Promise.all(copies)) expect(error).toMatchObject({ name: 'AbortError' });
    expect(farewells).toEqual([]);
    opening.resolve();
    await vi.waitFor(() => expect(farewells).toHaveLength(2));
  });
});
