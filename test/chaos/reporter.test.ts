import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../rig/paths.ts';
import type { Declaration } from './reporter.ts';
import type { FaultResult } from './results.ts';

const files = {
  'stories.test.ts': `
    import { afterAll, test } from 'vitest';
    test('hosts: holds', ({ task }) => { task.meta.told = { broken: [], notes: ['seen'] }; });
    test('hosts: fails', ({ task }) => { task.meta.told = { broken: ['I4'], notes: [] }; throw new Error('broken'); });
    test('hosts: is slow', async ({ task }) => {
      task.meta.told = { broken: [], notes: ['so far'] };
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }, 50);
    test('hosts: cannot be', ({ skip }) => skip('no kernel module'));
    test.skip('hosts: forgotten', () => {});
    test('nobody knows where this belongs', () => {});
  `,
  'set-up.test.ts': `
    import { beforeAll, test } from 'vitest';
    beforeAll(() => { throw new Error('no world'); });
    test('Redis: never begins', () => {});
  `,
  'clean-up.test.ts': `
    import { afterAll, test } from 'vitest';
    afterAll(() => { throw new Error('the rig is not as it was'); });
    test('load: first', () => {});
    test('load: last', () => {});
  `,
  'broken.test.ts': `import './what-is-not-there.ts';`,
  'vitest.config.ts': `export default { test: { include: ['*.test.ts'], fileParallelism: false } };`,
};

let results: FaultResult[];
let declaration: Declaration;
const outcomesOf = (name: string) => results.filter((result) => result.name === name).map(({ outcome }) => outcome);

beforeAll(() => {
  // within the project: what stands there finds its libraries
  mkdirSync(join(projectRoot, '.rig'), { recursive: true });
  const dir = mkdtempSync(join(projectRoot, '.rig', 'reporter-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      VIRTFLEET_CHAOS_RESULTS: join(dir, 'results'),
      VIRTFLEET_CHAOS_DECLARED: join(dir, 'declared'),
    };
    const reporter = join(import.meta.dirname, 'reporter.ts');
    const argv = ['run', '--root', dir, '--config', join(dir, 'vitest.config.ts'), '--reporter', reporter];
    expect(() =>
      execFileSync(join(projectRoot, 'node_modules/.bin/vitest'), argv, { env, stdio: 'pipe', timeout: 90_000 }),
    ).toThrow();
    expect(existsSync(join(dir, 'results'))).toBe(true);
    const lines = readFileSync(join(dir, 'results'), 'utf8').split('\n').filter(Boolean);
    results = lines.map((line) => JSON.parse(line) as FaultResult);
    declaration = JSON.parse(readFileSync(join(dir, 'declared'), 'utf8')) as Declaration;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 120_000);

test('a story is told as it ended, with what it said', () => {
  expect(results.find(({ name }) => name === 'holds')).toMatchObject({ outcome: 'held', notes: ['seen'] });
  expect(results.find(({ name }) => name === 'fails')).toMatchObject({ outcome: 'failed', broken: ['I4'] });
  const cannot = results.find(({ name }) => name === 'cannot be');
  expect(cannot).toMatchObject({ outcome: 'not tried', notes: ['no kernel module'] });
});

test('a story that timed out has failed', () => {
  const [slow] = results.filter(({ name }) => name === 'is slow');
  expect(slow?.outcome).toBe('failed');
  expect(slow?.notes.join('; ')).toMatch(/^so far; .*timed out/);
});

test('a set-up that fails, fails the stories of its file, and a clean-up the last of them', () => {
  expect(outcomesOf('never begins')).toEqual(['failed']);
  expect(outcomesOf('first')).toEqual(['held']);
  expect(outcomesOf('last').at(-1)).toBe('failed');
});

test('what was skipped for no reason is declared and has no line', () => {
  expect(outcomesOf('forgotten')).toEqual([]);
  expect(declaration.tests).toContainEqual({ group: 'hosts', name: 'forgotten' });
});

test('what may hide a story keeps the run from being whole', () => {
  const problems = declaration.problems.join('\n');
  expect(problems).toContain('broken.test.ts could not be loaded');
  expect(problems).toContain('"nobody knows where this belongs" of stories.test.ts belongs to no group');
});
