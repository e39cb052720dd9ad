/**
 * Images that are not what they should be, and servers that do not do as they should. What a server answers is part of
 * the case: a body, or what it does. In {} is what is known when it is served.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { aQcow2 } from '../image/images.ts';
import { anImage, type BadInput } from './cases.ts';
import { nameFor } from './fleet.ts';

const run = promisify(execFile);

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface BadImage extends BadInput {
  /** What is behind the URL; null: the URL leads elsewhere. */
  answer: (good: Buffer) => Promise<Buffer | Answer> | Buffer | Answer | null;
  /** It ends by a limit that is too long for a fleet's test: tried with short limits only. */
  isSlow?: boolean;
}

const http = (over: Record<string, unknown> = {}) => ({ url: '{server}', checksum: '{checksum}', ...over });

function image(
  wrong: string,
  answer: BadImage['answer'],
  says: readonly string[],
  more: { spec?: Record<string, unknown>; isSlow?: boolean } = {},
): BadImage {
  return {
    wrong,
    refusedBy: 'image check',
    object: anImage({ http: http(), format: 'QCOW2', pools: ['shared'], ...more.spec }, nameFor(wrong)),
    says,
    answer,
    ...(more.isSlow ? { isSlow: true } : {}),
  };
}

const changed =
  (change: (header: Buffer) => void) =>
  (good: Buffer): Buffer => {
    const copy = Buffer.from(good);
    change(copy);
    return copy;
  };
const begun =
  (head: string | Buffer): (() => Buffer) =>
  () =>
    Buffer.concat([Buffer.from(head), Buffer.alloc(4096)]);
const redirect =
  (location: string): (() => Answer) =>
  () =>
  (_, response) =>
    void response.writeHead(302, { location }).end();
const status =
  (code: number): (() => Answer) =>
  () =>
  (_, response) =>
    void response.writeHead(code).end();

/** What qemu-img itself makes of these arguments. */
async function made(...args: string[]): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'virtfleet-image-'));
  try {
    await run('qemu-img', args, { cwd: dir });
    return await readFile(join(dir, 'disk'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const alone = 'Make it stand alone';
const whole = 'See that it is whole';
const convert = 'Declare its format, or convert it';
const unpack = 'Unpack it on the server';
const allow = 'An administrator allows sources with --image-sources';
const reach = 'See that the server runs and that the operator can reach it';
const smaller = 'Use a smaller';
const raw = { spec: { format: 'Raw' } };

const contents: BadImage[] = [
  image('another checksum', (good) => good, ['{host}', 'has the checksum sha256:', 'Correct the checksum'], {
    spec: { http: http({ checksum: `sha256:${'0'.repeat(64)}` }) },
  }),
  image('another sha512', (good) => good, ['{host}', 'has the checksum sha512:', 'Correct the checksum'], {
    spec: { http: http({ checksum: `sha512:${'0'.repeat(128)}` }) },
  }),
  image('half of an image', (good) => good.subarray(0, good.length / 2), ['The image', 'damaged', whole]),
  image('the header of an image alone', (good) => good.subarray(0, 104), ['The image', whole]),
  image('a hundred bytes of an image', (good) => good.subarray(0, 100), ['The image', 'ends after 100 bytes', whole]),
  image('nothing at all', () => Buffer.alloc(0), ['The image', 'something else', convert]),
  image('nothing at all as raw', () => Buffer.alloc(0), ['The image is empty', 'See what the server serves'], raw),
  image('a web page', () => Buffer.from('<html>moved</html>'), ['The image', 'something else', convert]),
  image('a backing file', () => aQcow2('-u', '-b', '/etc/passwd', '-F', 'raw'), [
    'The image names a backing file',
    alone,
  ]),
  image(
    'a backing file by json',
    () => aQcow2('-u', '-b', 'json:{"driver":"raw","file":{"driver":"file","filename":"/etc/shadow"}}', '-F', 'raw'),
    ['The image names a backing file', alone],
  ),
  image('a backing file by a URL', () => aQcow2('-u', '-b', 'nbd://169.254.169.254/x', '-F', 'raw'), [
    'The image names a backing file',
    alone,
  ]),
  image(
    'an external data file',
    () => made('create', '-q', '-f', 'qcow2', '-o', 'data_file=data.raw,data_file_raw=on', 'disk', '1M'),
    ['The image names an external data file', alone],
  ),
  image('an external data file that hides its flag', async () => {
    const file = await made('create', '-q', '-f', 'qcow2', '-o', 'data_file=data.raw', 'disk', '1M');
    file.writeBigUInt64BE(0n, 72);
    return file;
  }, ['The image names an external data file', alone]),
  image('a VMDK', () => made('create', '-q', '-f', 'vmdk', 'disk', '1M'), ['declared QCOW2, but is VMDK', convert]),
  image(
    'a VMDK that is text and names a file of the host',
    begun('# Disk DescriptorFile\nversion=1\ncreateType="monolithicFlat"\nRW 2048 FLAT "/etc/shadow" 0\n'),
    ['declared QCOW2, but is VMDK', convert],
  ),
  image(
    'the same declared raw',
    begun('# Disk DescriptorFile\nRW 2048 FLAT "/etc/shadow" 0\n'),
    ['declared Raw, but is VMDK', 'convert'],
    raw,
  ),
  image('a VHDX', () => made('create', '-q', '-f', 'vhdx', 'disk', '1M'), ['declared QCOW2, but is VHDX', convert]),
  image('a VDI', () => made('create', '-q', '-f', 'vdi', 'disk', '1M'), ['declared QCOW2, but is', convert]),
  image('a qcow2 declared raw', (good) => good, ['declared Raw, but is qcow2', 'Declare its format'], raw),
  image(
    'a raw image that names a backing file as qcow2',
    () => aQcow2('-u', '-b', '/etc/passwd', '-F', 'raw'),
    ['declared Raw, but is qcow2', 'Declare its format'],
    raw,
  ),
  image(
    'a disk of 1 PiB',
    changed((header) => header.writeBigUInt64BE(2n ** 50n, 24)),
    ['a disk of 1125899906842624 bytes, the limit is', smaller],
  ),
  image(
    'a disk of 16 EiB',
    changed((header) => header.writeBigUInt64BE(2n ** 64n - 1n, 24)),
    ['18446744073709551615', smaller],
  ),
  image(
    'a disk without a size',
    changed((header) => header.writeBigUInt64BE(0n, 24)),
    ['The image has no size', whole],
  ),
  image(
    'a version of qcow2 from the past',
    changed((header) => header.writeUInt32BE(1, 4)),
    ['version 1 of qcow2', 'Convert it'],
  ),
  image(
    'a version of qcow2 from the future',
    changed((header) => header.writeUInt32BE(4, 4)),
    ['version 4 of qcow2', 'Convert it'],
  ),
  image(
    'clusters of 2 GiB',
    changed((header) => header.writeUInt32BE(31, 20)),
    ['clusters of 2^31 bytes', alone],
  ),
  image(
    'an encrypted image',
    changed((header) => header.writeUInt32BE(1, 32)),
    ['is encrypted', 'Decrypt it'],
  ),
  image(
    'an image that is marked corrupt',
    changed((header) => header.writeBigUInt64BE(2n, 72)),
    ['marked corrupt', 'qemu-img check -r all'],
  ),
  image(
    'features that nobody knows',
    changed((header) => header.writeBigUInt64BE(2n ** 40n, 72)),
    ['features of qcow2 that are not known', alone],
  ),
  image(
    'a table beyond the end of the file',
    changed((header) => header.writeBigUInt64BE(2n ** 40n, 40)),
    ['The image', whole],
  ),
  image(
    'a table that begins within a cluster',
    changed((header) => header.writeBigUInt64BE(0x30001n, 40)),
    ['The image', whole],
  ),
  image(
    'reference counts beyond the end of the file',
    changed((header) => header.writeBigUInt64BE(2n ** 40n, 48)),
    ['The image', whole],
  ),
  image(
    'more snapshots than there are',
    changed((header) => header.writeUInt32BE(60_000, 60)),
    ['The image', whole],
  ),
  image(
    'a first table of four billion entries',
    changed((header) => header.writeUInt32BE(0xffffffff, 36)),
    ['The image', whole],
  ),
  image('a gzip bomb', () => gzipSync(Buffer.alloc(32 * 2 ** 20)), ['declared QCOW2, but is gzip', unpack]),
  image(
    'a gzip bomb as raw',
    () => gzipSync(Buffer.alloc(32 * 2 ** 20)),
    ['declared Raw, but is gzip', 'convert'],
    raw,
  ),
  image('a zip', begun('PK\u0003\u0004'), ['declared QCOW2, but is zip', unpack]),
  image('an xz', begun(Buffer.from('fd377a585a00', 'hex')), ['declared QCOW2, but is xz', unpack]),
];

const elsewhere = (wrong: string, location: string, ...says: string[]): BadImage =>
  image(wrong, redirect(location), says);
const servers: BadImage[] = [
  image('nothing there', status(404), ['{host}', '404', 'Correct the URL']),
  image('gone for good', status(410), ['{host}', '410', 'Correct the URL']),
  image('a login', status(401), ['{host}', '401', 'without a login']),
  image('a refusal', status(403), ['{host}', '403', 'without a login']),
  image('a broken server', status(503), ['{host}', '503', 'See what its server says']),
  image('no content', status(204), ['{host}', '204', 'See what its server says']),
  image('a redirect to nowhere', status(302), ['{host}', '302', 'See what its server says']),
  elsewhere('a redirect to loopback', 'http://127.0.0.1:1/x', '127.0.0.1', allow),
  elsewhere('a redirect to localhost', 'http://localhost:1/x', 'localhost', allow),
  elsewhere('a redirect to loopback in IPv6', 'http://[::1]:1/x', '::1', allow),
  elsewhere('a redirect to loopback in IPv6 clothes', 'http://[::ffff:127.0.0.1]:1/x', '::ffff:7f00:1', allow),
  elsewhere('a redirect to loopback as a number', 'http://2130706433:1/x', '127.0.0.1', allow),
  elsewhere('a redirect to loopback in hexadecimal', 'http://0x7f.1:1/x', '127.0.0.1', allow),
  elsewhere('a redirect to this host', 'http://0.0.0.0:1/x', '0.0.0.0', allow),
  elsewhere('a redirect to metadata', 'http://169.254.169.254/latest', '169.254.169.254', allow),
  elsewhere('a redirect to metadata as a number', 'http://2852039166/latest', '169.254.169.254', allow),
  elsewhere('a redirect to metadata in IPv6 clothes', 'http://[::ffff:a9fe:a9fe]/latest', '::ffff:a9fe:a9fe', allow),
  elsewhere('a redirect to metadata in IPv6', 'http://[fd00:ec2::254]/latest', 'fd00:ec2::254', allow),
  elsewhere('a redirect to a link-local address', 'http://[fe80::1]/x', 'fe80::1', allow),
  elsewhere('a redirect to an address of all', 'http://224.0.0.1/x', '224.0.0.1', allow),
  elsewhere('a redirect into a private network', 'http://192.168.99.99/x', '192.168.99.99', allow),
  elsewhere('a redirect through NAT64', 'http://[64:ff9b::7f00:1]/x', '64:ff9b::7f00:1', allow),
  elsewhere('a redirect to a file', 'file:///etc/passwd', 'file:', 'not http', 'Use such a URL'),
  elsewhere('a redirect to a mail', 'gopher://127.0.0.1:25/x', 'gopher:', 'not http', 'Use such a URL'),
  elsewhere(
    'a redirect with a password',
    'http://a:b@127.0.0.1/x',
    '127.0.0.1',
    'carries a user or password',
    'Take it out',
  ),
  elsewhere('a redirect to what is no URL', 'http://[', 'The URL', 'not http', 'Use such a URL'),
  image(
    'redirects without end',
    () => (request, response) => void response.writeHead(302, { location: request.url ?? '' }).end(),
    ['{host}', 'redirects more than 5 times', 'Use its final URL'],
  ),
  image(
    'a body that is packed for the way',
    () => (_, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2 ** 20))),
    ['{host}', 'content-encoding gzip', 'Serve it as it is'],
  ),
  image(
    'a server that hangs up in the midst of it',
    (good) => (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 1000), () => response.destroy());
    },
    ['{host}', 'cannot be reached', reach],
  ),
  image(
    'a server that sends less than it says',
    (good) => (_, response) => {
      response.writeHead(200, { 'content-length': good.length, connection: 'close' });
      response.write(good.subarray(0, 1000), () => response.socket?.end());
    },
    ['{host}', 'cannot be reached', reach],
  ),
  image(
    'a length without end',
    () => (_, response) => void response.writeHead(200, { 'content-length': '900000000000000' }).flushHeaders(),
    ['{host}', '900000000000000 bytes', smaller],
  ),
  image('a body without end', () => endless, ['{host}', 'the limit is', smaller], { isSlow: true }),
  image('a server that says nothing', () => () => undefined, ['{host}', 'cannot be reached', reach], { isSlow: true }),
  image(
    'a server that stops in the midst of it',
    (good) => (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 1000));
    },
    ['{host}', 'cannot be reached', reach],
    { isSlow: true },
  ),
  image(
    'a byte at a time',
    (good) => (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      const timer = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(timer));
    },
    ['{host}', 'cannot be reached', reach],
    { isSlow: true },
  ),
  image('an address of the metadata itself', () => null, ['169.254.169.254', allow], {
    spec: { http: http({ url: 'http://169.254.169.254/latest' }) },
  }),
  image('a port of this host', () => null, ['::ffff:7f00:1', allow], {
    spec: { http: http({ url: 'http://[::ffff:127.0.0.1]:6379/' }) },
  }),
];

function endless(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200);
  const chunk = Buffer.alloc(256 * 1024);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

export const servedImages: BadImage[] = [...contents, ...servers];

const chosen = [
  'another checksum',
  'half of an image',
  'a backing file by json',
  'an external data file',
  'a VMDK that is text and names a file of the host',
  'a qcow2 declared raw',
  'a disk of 1 PiB',
  'a gzip bomb',
  'nothing there',
  'a redirect to loopback',
  'a redirect to metadata',
  'a redirect to a link-local address',
  'a redirect to a file',
  'a body that is packed for the way',
  'a server that hangs up in the midst of it',
];
/** Of each sort one or two, for a fleet: there each costs a job, writes and checks. */
export const chosenImages: BadImage[] = chosen.map((name) => {
  const found = servedImages.find(({ wrong }) => wrong === name);
  if (!found) throw new Error(`there is no image ${name}`);
  return found;
});
