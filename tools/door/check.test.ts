import { describe, expect, test } from 'vitest';
import { isHeld } from './rules.ts';
import { checkProject } from './sources.ts';

const tsconfig = JSON.stringify({
  compilerOptions: { noLib: true, types: [], module: 'esnext', noEmit: true },
  include: ['src'],
});

function check(path: string, text: string): string[] {
  const files = { '/project/tsconfig.json': tsconfig, [`/project/${path}`]: text };
  const { findings, checked } = checkProject('/project', files);
  expect(checked).toBe(isHeld(path) ? 1 : 0);
  return findings.map(({ line, message }) => `${line}: ${message}`);
}

const HERE = 'src/controllers/machine/act.ts';

describe('what passes by the door is refused', () => {
  test.each([
    ["import { writeFile } from 'node:fs/promises';", 'writeFile'],
    ["import { readFile, rm as remove } from 'fs/promises';", 'rm is not to be imported'],
    ["import fs from 'node:fs';", 'by names'],
    ["import * as fs from 'node:fs';", 'by names'],
    ["import { promises } from 'node:fs';", 'promises'],
    ["import { open } from 'node:fs/promises';\nawait open('x', 'w');", "2: open without flags or with 'r' only"],
    ["import { open as o } from 'node:fs/promises';\nawait o('x', flags);", '2: open without'],
    [
      "import { createReadStream } from 'node:fs';\ncreateReadStream('x', { flags: 'w' });",
      '2: createReadStream without',
    ],
    ["export { writeFile } from 'node:fs/promises';", 'handed on'],
    ["export * from 'node:fs';", 'handed on'],
    ["const fs = await import('node:fs');", 'not to be loaded'],
    ["const fs = require('fs');", 'not to be loaded'],
    ["const fs = process.getBuiltinModule('fs');", 'not to be loaded'],
    ["import fs = require('fs');", 'require'],
    ["const name = 'node:' + 'fs';\nawait import(name);", '2: a module is loaded by its name'],
    ["import { Redis } from 'ioredis';", 'behind the port'],
    ["import { Queue } from 'bullmq';", 'behind the port'],
    ["import 'bullmq';", 'by names'],
    ["import { request } from 'undici';", 'src/kube/client.ts'],
    ["import { KubeConfig } from '@kubernetes/client-node';", 'behind src/kube'],
    ["import { open } from '@virtfleet/libvirt';", 'through a host'],
    ["import { type Connect, open } from '@virtfleet/libvirt';", 'open is not'],
    ["import { boottimeMs } from '@virtfleet/libvirt/lib/clock.ts';", 'boottimeMs'],
    ["import { spawn } from 'node:child_process';", 'no programs'],
    ["await fetch('https://example.com/', { method: 'POST' });", 'fetch'],
    ["await globalThis.fetch('https://example.com/');", 'fetch'],
    ['const home = process.env.HOME;', 'environment'],
    ["const home = process['env'].HOME;", 'environment'],
    ['const { env } = process;', 'environment'],
    ['const home = globalThis.process.env.HOME;', 'environment'],
    ["import { env } from 'node:process';", 'environment'],
  ])('%s', (text, message) => {
    expect(check(HERE, text)).toEqual([expect.stringContaining(message)]);
  });

  test('each place is told with its line', () => {
    const text =
      "import { writeFile } from 'node:fs/promises';\n\n// process.env in a comment\nconst a = process.env.A;\n";
    expect(check(HERE, text).map((line) => line.split(':')[0])).toEqual(['1', '4']);
  });
});

describe('what does not is let be', () => {
  test.each([
    ["import { readFile } from 'node:fs/promises';"],
    ["import { open } from 'node:fs/promises';\nawait open('x');\nawait open('x', 'r');"],
    ["import { createReadStream } from 'node:fs';\ncreateReadStream('x', { start: 3 });"],
    ["import type { Connect } from '@virtfleet/libvirt';"],
    ["import { type Connect, type Domain } from '@virtfleet/libvirt';"],
    ["export type { Connect } from '@virtfleet/libvirt';"],
    ["import type { Queue } from 'bullmq';"],
    ["import { join } from 'node:path';"],
    ['const text = \'import { writeFile } from "node:fs"; process.env.X\';'],
    ['class Downloads { fetch() {} all() { this.fetch(); } }'],
    ['const pid = process.pid;'],
  ])('%s', (text) => {
    expect(check(HERE, text)).toEqual([]);
  });

  test.each([
    ['src/platform/files.ts', "import { writeFile } from 'node:fs/promises';"],
    ['src/platform/config.ts', 'const e = process.env;'],
    ['src/jobs/bullmq/queue.ts', "import { Queue } from 'bullmq';"],
    ['src/hostpool/connection.ts', "import { open } from '@virtfleet/libvirt';"],
    ['src/kube/transport.ts', "import { request } from 'undici';"],
    ['src/kube/store.test.ts', "import { writeFileSync } from 'node:fs';"],
    ['src/hostpool/testing/x.ts', "import { writeFileSync } from 'node:fs';"],
  ])('%s may: %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  test('a door is a file, not all whose names begin alike', () => {
    expect(check('src/platform/files.ts.more.ts', "import { writeFile } from 'node:fs/promises';")).toHaveLength(1);
    expect(check('src/jobs/bullmq-other.ts', "import { Queue } from 'bullmq';")).toHaveLength(1);
  });
});
