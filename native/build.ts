import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Builds build/libvirt.node; `--sanitize address` or `--sanitize thread` builds build/<sanitizer>/libvirt.node for
 * test/sanitize. Each object is remembered by a hash of its source, all headers and the command: what has not changed
 * is not compiled again, and an unchanged tree costs some milliseconds.
 */

const root = fileURLToPath(new URL('.', import.meta.url));
const { values: options } = parseArgs({ options: { sanitize: { type: 'string' } } });
const folder = options.sanitize === undefined ? 'build' : `build/${options.sanitize}`;
const out = `${root}${folder}`;

/** Optimised a little, so that stacks stay readable; undefined behaviour is looked for beside addresses. */
const INSTRUMENTED: Record<string, string[]> = {
  address: ['-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
  thread: ['-g', '-fno-omit-frame-pointer', '-fsanitize=thread'],
};

class Missing extends Error {}

function tool(mend: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch {
    throw new Missing(`\`${[command, ...args].join(' ')}\` failed: ${mend}`);
  }
}

function nodeApiHeaders(): string {
  try {
    const { include_dir } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
    return include_dir;
  } catch {
    throw new Missing('the package node-api-headers is missing: run `npm install`');
  }
}

interface Unit {
  source: string;
  object: string;
  key: string;
}

function sources(): string[] {
  return ['src', 'src/generated'].flatMap((dir) =>
    readdirSync(`${root}${dir}`)
      .filter((f) => f.endsWith('.cc'))
      .sort()
      .map((f) => `${dir}/${f}`),
  );
}

function compile(compiler: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${compiler} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

/** Runs `work` over `items`, as many at a time as there are processors. */
async function parallel<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, lane));
}

function instrumentation(): string[] {
  if (options.sanitize === undefined) return [];
  const flags = INSTRUMENTED[options.sanitize];
  if (flags === undefined) throw new Missing(`--sanitize takes ${Object.keys(INSTRUMENTED).join(' or ')}`);
  return flags;
}

async function build(): Promise<void> {
  const instrumented = instrumentation();
  const compiler = process.env.CXX ?? 'g++';
  const version = tool('install a C++ compiler (Debian: `apt-get install g++`)', compiler, '--version').split('\n')[0];
  const pkg = (...args: string[]): string[] =>
    tool(
      'install pkg-config and libvirt-dev (Debian: `apt-get install pkg-config libvirt-dev`)',
      'pkg-config',
      ...args,
      'libvirt',
    )
      .split(/\s+/)
      .filter((f) => f !== '');
  const flags = [
    '-std=c++17',
    '-O1',
    '-fPIC',
    '-fvisibility=hidden',
    '-pthread',
    '-Wall',
    '-Wextra',
    '-DNAPI_VERSION=8',
    ...instrumented,
    `-I${nodeApiHeaders()}`,
    ...pkg('--cflags'),
  ];
  const libraries = [...pkg('--libs'), '-ldl'];

  const headers = ['src', 'src/generated'].flatMap((dir) =>
    readdirSync(`${root}${dir}`)
      .filter((f) => /\.(h|inc)$/.test(f))
      .sort()
      .map((f) => `${dir}/${f}`),
  );
  const base = createHash('sha256').update(JSON.stringify([version, flags, pkg('--modversion')]));
  for (const header of headers) base.update(header).update(readFileSync(`${root}${header}`));

  mkdirSync(out, { recursive: true });
  const stampPath = `${out}/stamp.json`;
  const known: Record<string, string> = existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {};
  const units = sources().map((source): Unit => {
    const key = base
      .copy()
      .update(readFileSync(`${root}${source}`))
      .digest('hex');
    return { source, object: `${folder}/${source.replaceAll('/', '_')}.o`, key };
  });
  const stale = units.filter((u) => known[u.object] !== u.key || !existsSync(`${root}${u.object}`));
  const addon = `${out}/libvirt.node`;
  const link = createHash('sha256')
    .update(JSON.stringify([units.map((u) => [u.object, u.key]), libraries]))
    .digest('hex');
  if (stale.length === 0 && known.link === link && existsSync(addon)) return;

  console.log(`building the libvirt addon: ${stale.length} of ${units.length} files to compile`);
  const remember = (): void => writeFileSync(stampPath, `${JSON.stringify(known, null, 1)}\n`);
  await parallel(stale, async (u) => {
    delete known[u.object];
    await compile(compiler, [...flags, '-c', u.source, '-o', u.object]);
    known[u.object] = u.key;
    remember();
  });
  // Linked aside and renamed: a process that has the old one loaded keeps it.
  await compile(compiler, [
    '-shared',
    '-pthread',
    ...instrumented,
    '-o',
    `${addon}.new`,
    ...units.map((u) => u.object),
    ...libraries,
  ]);
  renameSync(`${addon}.new`, addon);
  known.link = link;
  remember();
}

try {
  await build();
} catch (error) {
  console.error(error instanceof Missing ? `cannot build the libvirt addon: ${error.message}` : error);
  process.exitCode = 1;
}
