/** The real API server is the judge of our CRDs: it takes them, their examples, and nothing that is wrong. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { definitions } from '../../../src/api/crd/definitions.ts';
import { byApiServer } from '../bad-input/api-server.ts';
import { type ApiObject, aClass, aDisk, aHost, aMachine, aNetwork, aVolume } from '../bad-input/cases.ts';
import { type Answer, type StatusBody, startApiServer, type TestApiServer } from './apiserver.ts';
import { applyCrds } from './crds.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

let api: TestApiServer;
beforeAll(async () => {
  api = await startApiServer();
  await applyCrds(api);
});
afterAll(async () => api?.stop());

function collection({ kind, metadata }: ApiObject): string {
  const definition = definitions.find(({ resource }) => resource.kind === kind);
  if (!definition) throw new Error(`no kind ${kind}`);
  const { group, version, plural } = definition.resource;
  return `/apis/${group}/${version}${metadata.namespace ? `/namespaces/${metadata.namespace}` : ''}/${plural}`;
}

const create = (object: ApiObject, query = ''): Promise<Answer<ApiObject & StatusBody>> =>
  api.request('POST', `${collection(object)}?fieldValidation=Strict${query}`, { body: object });

/** The object that was there before is changed to `object`, as by kubectl replace. */
async function change(before: ApiObject, object: ApiObject): Promise<Answer<StatusBody>> {
  const created = await create(before);
  expect(created.body.message).toBeUndefined();
  const path = `${collection(before)}/${before.metadata.name}`;
  try {
    const resourceVersion = (created.body.metadata as { resourceVersion?: string }).resourceVersion;
    const body = { ...object, metadata: { ...object.metadata, resourceVersion } };
    return await api.request('PUT', `${path}?fieldValidation=Strict`, { body });
  } finally {
    await api.request('DELETE', path);
  }
}

describe('the CRDs', () => {
  it.each(readdirSync(join(root, 'crds')))('%s is small enough for a client-side apply', (name) => {
    expect(statSync(join(root, 'crds', name)).size).toBeLessThan(256 * 1024);
  });

  it('are in the category virtfleet and have short names', async () => {
    const { body } = await api.request<{ resources: { name: string; categories?: string[]; shortNames?: string[] }[] }>(
      'GET',
      '/apis/virtfleet.io/v1alpha1',
    );
    for (const { resource, shortNames } of definitions) {
      const served = body.resources.find(({ name }) => name === resource.plural);
      expect(served?.categories).toEqual(['virtfleet']);
      expect(served?.shortNames).toEqual(shortNames);
      expect(body.resources.map(({ name }) => name)).toContain(`${resource.plural}/status`);
    }
  });

  it.each(definitions.map((definition) => [definition.resource.kind, definition] as const))(
    'kubectl explain has a description for every field of %s',
    async (_, { resource }) => {
      const { body } = await api.request<Record<string, unknown>>('GET', '/openapi/v3/apis/virtfleet.io/v1alpha1');
      const schemas = (body.components as { schemas: Record<string, OpenApi> }).schemas;
      const schema = schemas[`io.virtfleet.v1alpha1.${resource.kind}`];
      expect(schema?.properties?.spec?.description).toBeTruthy();
      expect(undescribed(schema?.properties?.spec, 'spec')).toEqual([]);
      expect(undescribed(schema?.properties?.status, 'status')).toEqual([]);
      const explained = await api.kubectl(['explain', `${resource.plural}.spec`, '--recursive']);
      for (const name of Object.keys(schema?.properties?.spec?.properties ?? {})) expect(explained).toContain(name);
    },
  );
});

interface OpenApi {
  description?: string;
  properties?: Record<string, OpenApi>;
  items?: OpenApi;
}

function undescribed(schema: OpenApi | undefined, path: string): string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, child]) => [
    ...(child.description && child.description.length > 3 ? [] : [`${path}.${name}`]),
    ...undescribed(child.items ?? child, `${path}.${name}`),
  ]);
}

describe('docs/examples', () => {
  const folder = join(root, 'docs', 'examples');
  beforeAll(async () => {
    await api.request('POST', '/api/v1/namespaces', { body: { metadata: { name: 'virtfleet-system' } } });
  });

  it.each(readdirSync(folder))('%s applies as it stands', async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const objects = parseAllDocuments(text).map((document) => document.toJS() as ApiObject);
    expect(objects.length).toBeGreaterThan(0);
    const printed = await api.kubectl(['apply', '--dry-run=server', '--validate=strict', '-f', join(folder, name)]);
    expect(printed.trim().split('\n')).toHaveLength(objects.length);
  });

  it('has every kind', () => {
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    for (const { resource } of definitions) expect(text).toContain(`kind: ${resource.kind}\n`);
  });
});

describe.each(Object.entries(byApiServer))('%s: refused with the field and the mend', (_, cases) => {
  it.each(cases.map((one) => [one.wrong, one] as const))('%s', async (__, { before, object, says }) => {
    const answer = before ? await change(before, object) : await create(object, '&dryRun=All');
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
    // What the API server throws away before it has read a name, or cannot make an object of, it names by its kind at most.
    const isRead = answer.status !== 413 && !/unknown field/.test(answer.body.message ?? '');
    if (isRead) expect(answer.body.message).toContain(`${object.kind}.virtfleet.io "${object.metadata.name}"`);
    for (const words of says) expect(answer.body.message).toContain(words);
    expect(answer.body.message, 'an error of the rule itself').not.toMatch(
      /no such key|no such overload|internal error/i,
    );
  });
});

describe('changes that are allowed', () => {
  const allowed: [string, ApiObject, ApiObject][] = [
    ['a disk grows', aMachine(), aMachine({ disks: [aDisk({ template: { poolName: 'local', size: '20Gi' } })] })],
    ['the same size in another unit', aVolume({ size: '10Gi' }), aVolume({ size: '10240Mi' })],
    ['a size in bytes grows', aVolume({ size: 10_737_418_240 }), aVolume({ size: '11Gi' })],
    ['a disk is removed and another is added', aMachine(), aMachine({ disks: [aDisk({ name: 'other' })] })],
    [
      'disks change their order',
      aMachine({ disks: [aDisk({ name: 'a' }), aDisk({ name: 'b', template: { poolName: 'p', size: '1Gi' } })] }),
      aMachine({ disks: [aDisk({ name: 'b', template: { poolName: 'p', size: '1Gi' } }), aDisk({ name: 'a' })] }),
    ],
    ['a UUID is set later', aMachine(), aMachine({ uuid: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' })],
    [
      'an expected host UUID is set later',
      aHost(),
      aHost({ expectedHostUUID: '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f' }),
    ],
    ['a network gets another range', aNetwork(), aNetwork({ ipv4: { cidr: '10.41.0.0/24' } })],
    ['a machine gets a class', aMachine(), aMachine({ memory: undefined, className: 'medium' })],
    ['a class is offered to others', aClass(), aClass({ allowedNamespaces: ['shop'] })],
    ['CPU and memory change', aMachine(), aMachine({ cpu: { cores: 4, max: 8 }, memory: { size: '2Gi', max: '8Gi' } })],
  ];
  it.each(allowed)('%s', async (_, before, after) => {
    const answer = await change(before, after);
    expect(answer.body.message).toBeUndefined();
    expect(answer.status).toBe(200);
  });
});
