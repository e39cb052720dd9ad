/** What the pages promise is there: links lead somewhere, manifests are valid, examples and reasons exist. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { definitions } from '#api/crd/definitions.ts';
import { anchorsOf, droppedKeys, findLinks, findYaml } from './docs.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Also pages that are about to be committed; never those of installed packages. */
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

describe('links', () => {
  test.each(pages)('%s', (page) => {
    for (const { path, anchor } of findLinks(read(page))) {
      const target = path === '' ? page : join(dirname(page), path);
      expect(existsSync(join(root, target)), `${page} links to ${target}, which does not exist`).toBe(true);
      if (anchor === '' || !target.endsWith('.md')) continue;
      expect([...anchorsOf(read(target))], `${page} links to #${anchor} of ${target}`).toContain(anchor);
    }
  });
});

interface Manifest {
  apiVersion?: string;
  kind?: string;
  metadata?: { name?: string };
  spec?: unknown;
}

function manifestsIn(page: string): Manifest[] {
  return findYaml(page).flatMap((text) =>
    parseAllDocuments(text).map((document) => {
      expect(document.errors, text).toEqual([]);
      return (document.toJS() ?? {}) as Manifest;
    }),
  );
}

const ours = pages.flatMap((page) =>
  manifestsIn(read(page))
    .filter(({ apiVersion }) => apiVersion?.startsWith('virtfleet.io/'))
    .map((manifest) => [`${page}: ${manifest.kind} ${manifest.metadata?.name}`, manifest] as const),
);

describe('manifests in the pages', () => {
  test('are found', () => expect(ours.length).toBeGreaterThan(10));

  test.each(ours)('%s', (_, manifest) => {
    const definition = definitions.find(({ resource }) => resource.kind === manifest.kind);
    expect(definition?.resource.version).toBe(manifest.apiVersion?.split('/')[1]);
    expect(manifest.metadata?.name).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    const parsed = definition?.spec.safeParse(manifest.spec);
    expect(parsed?.error?.issues).toBeUndefined();
    expect(droppedKeys(manifest.spec, parsed?.data)).toEqual([]);
  });
});

describe('docs/examples', () => {
  const guides = pages.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/reference/'));
  const linked = new Set(guides.flatMap((page) => findLinks(read(page)).map(({ path }) => join(dirname(page), path))));

  test.each(readdirSync(join(root, 'docs/examples')))('%s is shown in a page', (file) => {
    expect(linked).toContain(join('docs/examples', file));
  });
});

test('the headings of the troubleshooting page are reasons that exist', () => {
  const documented = new Set(definitions.flatMap(({ reasons }) => Object.keys(reasons)));
  const headings = read('docs/troubleshooting.md').matchAll(/^### (.*)$/gm);
  const named = [...headings].flatMap(([, heading = '']) => [...heading.matchAll(/`([A-Z]\w+)`/g)]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.map(([, reason = '']) => reason).filter((reason) => !documented.has(reason))).toEqual([]);
});

test('README.md stays short', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
});

describe('reading Markdown', () => {
  const page = [
    '# Top',
    '',
    'See [a](b.md#c) and `[x](y.md)`, [web](https://example.com).',
    '',
    '## `Top`, too: 2',
    '## Top',
  ];
  const code = [
    '```yaml',
    'a: 1 # [no](link.md)',
    '```',
    '```sh',
    "kubectl apply -f - <<'EOF'",
    'b: 2',
    'EOF',
    '```',
    '',
  ];
  const text = [...page, ...code].join('\n');

  test('links outside of code', () => expect(findLinks(text)).toEqual([{ path: 'b.md', anchor: 'c' }]));
  test('anchors as GitHub makes them', () => expect([...anchorsOf(text)]).toEqual(['top', 'top-too-2', 'top-1']));
  test('manifests and here-documents', () => expect(findYaml(text)).toEqual(['a: 1 # [no](link.md)\n', 'b: 2\n']));
  test('keys that a schema dropped', () =>
    expect(droppedKeys({ a: [{ b: 1, c: 2 }], d: 1 }, { a: [{ b: 1 }], d: 1 })).toEqual(['spec.a[0].c']));
});
