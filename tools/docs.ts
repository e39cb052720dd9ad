/** Reads Markdown as far as the checks of the documentation need it: links, anchors, manifests. Pure. */

export interface Link {
  /** Path relative to the page; empty for a link within the page. */
  path: string;
  /** Without the #; empty when the link names the page as a whole. */
  anchor: string;
}

const FENCE = /^(`{3,})(\w*)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm;

/** The page without code: what looks like a link or a heading in there is none. */
export function proseOf(page: string): string {
  return page.replace(FENCE, '');
}

/** Links to files and places of this repository; addresses of the web are not looked at. */
export function findLinks(page: string): Link[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return { path, anchor };
    });
}

/** The anchors that a reader's browser knows: GitHub's, made from the headings. */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Manifests in code blocks: those of language yaml, and what a shell block hands to kubectl as a here-document. */
export function findYaml(page: string): string[] {
  return [...page.matchAll(FENCE)].flatMap(([, , language, body = '']) => {
    if (language === 'yaml') return [body];
    if (language !== 'sh') return [];
    return [...body.matchAll(/<<'EOF'\n([\s\S]*?)^EOF$/gm)].map(([, text = '']) => text);
  });
}

/** Paths of keys that were given and that the schema, which drops what it does not know, did not keep. */
export function droppedKeys(given: unknown, kept: unknown, path = 'spec'): string[] {
  if (Array.isArray(given)) {
    return given.flatMap((item, i) => droppedKeys(item, Array.isArray(kept) ? kept[i] : undefined, `${path}[${i}]`));
  }
  if (given === null || typeof given !== 'object') return [];
  const known = (kept ?? {}) as Record<string, unknown>;
  return Object.entries(given).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? droppedKeys(value, known[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}
