import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { VirtfleetError } from '#platform/errors.ts';
import { fetchError } from './errors.ts';
import { checkHeader, type ImageFormat, readHeader } from './image-header.ts';

const TIMEOUT_MS = 5 * 60_000;
const CPU_SECONDS = 240;
const ADDRESS_SPACE_BYTES = 2 * 1024 ** 3;
const MAX_OUTPUT_BYTES = 1024 ** 2;

export interface ImageFacts {
  /** Size that a guest sees. */
  virtualBytes: number;
  /** Size of the file. */
  fileBytes: number;
}

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs qemu-img on a file of a stranger: with limits on time, memory and output, and an environment without secrets. */
function qemuImg(args: readonly string[], signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const limits = [`--as=${ADDRESS_SPACE_BYTES}`, `--cpu=${CPU_SECONDS}`, '--core=0', '--nofile=64', '--fsize=0'];
    const child = spawn('prlimit', [...limits, 'qemu-img', ...args], {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      signal,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        if (output[name].length > MAX_OUTPUT_BYTES) child.kill('SIGKILL');
      });
    }
    child.on('error', (error) => {
      if (signal.aborted) return reject(signal.reason);
      return reject(
        new VirtfleetError('Transient', 'FetchFailed', `qemu-img cannot be run: ${error.message}`, {
          mend: 'The operator needs the programs qemu-img (qemu-utils) and prlimit (util-linux).',
          cause: error,
        }),
      );
    });
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

function invalid(why: string) {
  return fetchError(
    'ImageInvalid',
    `The image ${why}`,
    'See that it is whole and sound on the server: qemu-img check.',
  );
}

interface Info {
  format?: string;
  'virtual-size'?: number;
  'backing-filename'?: string;
  'format-specific'?: { data?: { 'data-file'?: string; corrupt?: boolean } };
}

/**
 * Judges an image that lies in scratch space: first its header, by ourselves, then `qemu-img info` and `check` with the
 * format stated. (info alone passes a qcow2 that was cut off after its header.)
 *
 * @throws ImageInvalid or ImageTooLarge, with what is wrong.
 */
export async function inspectImage(
  path: string,
  format: ImageFormat,
  maxVirtualBytes: number,
  signal: AbortSignal,
): Promise<ImageFacts> {
  checkHeader(await readHeader(path), format, maxVirtualBytes);
  const { size: fileBytes } = await stat(path);
  const info = await qemuImg(['info', '--output', 'json', '-f', format, path], signal);
  if (info.code !== 0) throw invalid(`cannot be read: ${lastLine(info.stderr) || `qemu-img ended with ${info.code}`}`);
  const facts = parseInfo(info.stdout);
  if (facts.format !== format) throw invalid(`is ${facts.format}, not ${format}`);
  if (facts['backing-filename'] !== undefined) throw invalid('names a backing file');
  if (facts['format-specific']?.data?.['data-file'] !== undefined) throw invalid('names an external data file');
  const virtualBytes = facts['virtual-size'] ?? 0;
  if (!(virtualBytes > 0)) throw invalid('has no size');
  if (virtualBytes > maxVirtualBytes) {
    throw fetchError('ImageTooLarge', `The image is a disk of ${virtualBytes} bytes, the limit is ${maxVirtualBytes}`);
  }
  if (format === 'qcow2') await checkClusters(path, signal);
  return { virtualBytes, fileBytes };
}

function parseInfo(text: string): Info {
  try {
    return JSON.parse(text) as Info;
  } catch (error) {
    throw fetchError('ImageInvalid', 'What qemu-img says of the image cannot be read', undefined, error);
  }
}

async function checkClusters(path: string, signal: AbortSignal): Promise<void> {
  const check = await qemuImg(['check', '--output', 'json', '-f', 'qcow2', path], signal);
  // 0: sound; 3: some clusters are lost to nobody's harm.
  if (check.code !== 0 && check.code !== 3) {
    throw invalid(`is damaged: ${lastLine(check.stderr) || `qemu-img check ended with ${check.code}`}`);
  }
}
