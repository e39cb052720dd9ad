/** Puts a bad image behind a URL, and its object's words in their places. */
import type { FileServer } from '../image/file-server.ts';
import { sha256 } from '../image/images.ts';
import type { ApiObject } from './cases.ts';
import { filled } from './fleet.ts';
import type { BadImage } from './served-images.ts';

export interface Served {
  object: ApiObject;
  says: string[];
}

export async function serveBad(server: FileServer, one: BadImage, good: Buffer): Promise<Served> {
  const answer = await one.answer(good);
  const path = `/${one.object.metadata.name}`;
  const words = {
    server: answer === null ? server.url : server.serve(path, answer),
    host: new URL(server.url).host,
    checksum: sha256(Buffer.isBuffer(answer) ? answer : good),
  };
  return filled({ object: one.object, says: [...one.says] }, words);
}
