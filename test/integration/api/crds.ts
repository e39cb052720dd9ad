/** Our CRDs on a test's API server. */
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { definitions } from '../../../src/api/crd/definitions.ts';
import type { TestApiServer } from './apiserver.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'crds');
const DEADLINE_MS = 30_000;

/** Applies the CRDs from `crds/` and returns when objects of all kinds are served, and kubectl explain knows them. */
export async function applyCrds(api: TestApiServer): Promise<void> {
  await api.kubectl(['apply', '--server-side', '-k', folder]);
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const missing = await notServed(api);
    if (missing.length === 0) return;
    if (performance.now() > deadline) throw new Error(`the API server does not serve ${missing.join(', ')}`);
    await pause(50);
  }
}

async function notServed(api: TestApiServer): Promise<string[]> {
  const discovery = await api.request<{ resources?: { name: string }[] }>('GET', '/apis/virtfleet.io/v1alpha1');
  const openApi = await api.request<{ paths?: object }>('GET', '/openapi/v3/apis/virtfleet.io/v1alpha1');
  const served = new Set(discovery.body.resources?.map(({ name }) => name));
  // What kubectl looks at first; it follows a moment later.
  const known = new Set((await api.kubectl(['api-resources', '--api-group=virtfleet.io', '-o', 'name'])).split('\n'));
  const described = Object.keys(openApi.body.paths ?? {});
  return definitions
    .map(({ resource }) => resource.plural)
    .filter(
      (plural) =>
        !served.has(plural) ||
        !known.has(`${plural}.virtfleet.io`) ||
        !described.some((path) => path.endsWith(`/${plural}`)),
    );
}
