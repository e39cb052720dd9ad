/** What deploy/ ships is applied to a real API server, and the operator's rights are asked for one by one. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '#platform/config.ts';
import { startApiServer, type TestApiServer } from '../api/apiserver.ts';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..', '..');
const path = (...parts: string[]): string => join(root, ...parts);
const operator = 'system:serviceaccount:virtfleet-system:virtfleet';

let api: TestApiServer;

beforeAll(async () => {
  api = await startApiServer();
  await api.kubectl(['apply', '--server-side', '-k', path('crds')]);
  await api.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  await api.kubectl(['apply', '--server-side', '-k', path('deploy', 'rbac')]);
  await api.kubectl(['apply', '--server-side', '-k', path('deploy', 'policy')]);
});
afterAll(() => api?.stop());

/** The message of a command that must fail. */
async function refusal(...args: string[]): Promise<string> {
  try {
    await api.kubectl(args);
  } catch (error) {
    return String(error);
  }
  throw new Error(`kubectl ${args.join(' ')} was expected to fail`);
}

async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
  }
}

describe('what is applied', () => {
  test.each(['rbac', 'policy', 'base', 'default'])('the API server takes all of deploy/%s', async (folder) => {
    const out = await api.kubectl([
      'apply',
      '--server-side',
      '--dry-run=server',
      '--warnings-as-errors',
      '-k',
      path('deploy', folder),
    ]);
    expect(out.trim().split('\n').length).toBeGreaterThan(3);
  });

  test('no kustomization removes the CRDs', async () => {
    expect(await api.kubectl(['kustomize', path('deploy', 'default')])).not.toContain('CustomResourceDefinition');
  });

  test('the operator understands its flags and environment', async () => {
    const { container } = await operatorPod();
    const env = Object.fromEntries(
      container.env.map(({ name, value, valueFrom }) => [name, value ?? (valueFrom ? 'virtfleet-system' : '')]),
    );
    const config = loadConfig(container.args, env);
    expect(config).toMatchObject({
      namespace: 'virtfleet-system',
      redisUrl: 'redis://virtfleet-redis.virtfleet-system.svc:6379',
      leaseName: 'virtfleet-controllers',
      leaderElection: true,
    });
    expect(container.ports.map(({ containerPort }) => containerPort)).toContain(config.listen.port);
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain(config.scratchDir);
  });

  test('its pod passes the strictest pod security', async () => {
    const { container, pod } = await operatorPod();
    const answer = await api.request('POST', '/api/v1/namespaces/virtfleet-system/pods?dryRun=All', {
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'operator' },
        spec: { ...pod, containers: [container], priority: undefined },
      },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  });
});

interface Container {
  args: string[];
  env: { name: string; value?: string; valueFrom?: object }[];
  ports: { containerPort: number }[];
  volumeMounts: { mountPath: string }[];
}
interface Deployment {
  kind: string;
  spec: { template: { spec: { containers: Container[] } } };
}

async function operatorPod(): Promise<{ container: Container; pod: object }> {
  const documents = parseAllDocuments(await api.kubectl(['kustomize', path('deploy', 'default')]));
  const deployment = documents
    .map((document) => document.toJS() as Deployment)
    .find(({ kind }) => kind === 'Deployment');
  const pod = deployment?.spec.template.spec;
  const container = pod?.containers[0];
  if (!pod || !container) throw new Error('deploy/default has no Deployment');
  return { container, pod };
}

describe('what the operator may do', () => {
  const kinds = [
    'hosts',
    'storagepools',
    'storagevolumes',
    'virtualmachineimages',
    'virtualmachineoperations',
    'virtualmachines',
    'virtualnetworks',
  ];
  type Case = [verb: string, group: string, resource: string, namespace: string, name: string, allowed: boolean];
  const cases: Case[] = [
    ...kinds.flatMap((kind): Case[] => [
      ...['get', 'list', 'watch', 'patch'].map((verb): Case => [verb, 'virtfleet.io', kind, '', '', true]),
      ['patch', 'virtfleet.io', `${kind}/status`, '', '', true],
      ['create', 'virtfleet.io', kind, 'team', '', false],
      ['update', 'virtfleet.io', kind, 'team', '', false],
      ['deletecollection', 'virtfleet.io', kind, 'team', '', false],
    ]),
    ...kinds
      .filter((kind) => kind !== 'virtualmachineoperations')
      .map((kind): Case => ['delete', 'virtfleet.io', kind, 'team', '', false]),
    ['delete', 'virtfleet.io', 'virtualmachineoperations', 'team', '', true],
    ...['get', 'list', 'watch', 'delete'].map((verb): Case => [verb, 'virtfleet.io', 'placementreviews', '', '', true]),
    ['patch', 'virtfleet.io', 'placementreviews/status', '', '', true],
    ['create', 'virtfleet.io', 'placementreviews', '', '', false],
    ...['get', 'list', 'watch'].map((verb): Case => [verb, 'virtfleet.io', 'virtualmachineclasses', '', '', true]),
    ...['get', 'list', 'watch'].map((verb): Case => [verb, 'virtfleet.io', 'virtualmachinequotas', '', '', true]),
    ['patch', 'virtfleet.io', 'virtualmachinequotas', 'team', '', false],
    ['patch', 'virtfleet.io', 'virtualmachinequotas/status', 'team', '', true],
    ...['create', 'update', 'patch', 'delete'].map(
      (verb): Case => [verb, 'virtfleet.io', 'virtualmachineclasses', '', '', false],
    ),
    ['get', '', 'secrets', 'virtfleet-system', 'h1-ssh', true],
    ['get', '', 'secrets', 'team', 'web-ci', true],
    ['list', '', 'secrets', 'virtfleet-system', '', false],
    ['watch', '', 'secrets', '', '', false],
    ['create', '', 'secrets', 'virtfleet-system', '', false],
    ['get', '', 'namespaces', '', 'kube-system', true],
    ['get', '', 'namespaces', '', 'team', false],
    ['list', '', 'namespaces', '', '', false],
    ['create', 'events.k8s.io', 'events', 'team', '', true],
    ['patch', 'events.k8s.io', 'events', 'team', '', true],
    ['delete', 'events.k8s.io', 'events', 'team', '', false],
    ['create', 'coordination.k8s.io', 'leases', 'virtfleet-system', '', true],
    ['update', 'coordination.k8s.io', 'leases', 'virtfleet-system', 'virtfleet-controllers', true],
    ['update', 'coordination.k8s.io', 'leases', 'virtfleet-system', 'another', false],
    ['update', 'coordination.k8s.io', 'leases', 'kube-system', 'virtfleet-controllers', false],
    ['get', '', 'pods', 'virtfleet-system', '', false],
    ['create', '', 'pods', 'virtfleet-system', '', false],
    ['get', '', 'configmaps', 'virtfleet-system', '', false],
    ['delete', 'apiextensions.k8s.io', 'customresourcedefinitions', '', 'hosts.virtfleet.io', false],
    ['create', 'rbac.authorization.k8s.io', 'clusterroles', '', '', false],
    ['bind', 'rbac.authorization.k8s.io', 'clusterroles', '', 'cluster-admin', false],
    ['impersonate', '', 'users', '', '', false],
    ['get', '', 'nodes', '', '', false],
  ];

  test.each(cases)('%s %s/%s in "%s" "%s": %s', async (verb, group, resource, namespace, name, allowed) => {
    const [plural = '', subresource = ''] = resource.split('/');
    const answer = await api.request<{ status: { allowed: boolean } }>(
      'POST',
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      {
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: {
            user: operator,
            groups: ['system:serviceaccounts', 'system:serviceaccounts:virtfleet-system', 'system:authenticated'],
            resourceAttributes: { verb, group, resource: plural, subresource, namespace, name },
          },
        },
      },
    );
    expect(answer.body.status.allowed).toBe(allowed);
  });
});

describe('what people may do', () => {
  test.each([
    ['virtfleet-view', 'virtualmachines', 'get', true],
    ['virtfleet-view', 'virtualmachines', 'create', false],
    ['virtfleet-edit', 'virtualmachines', 'create', true],
    ['virtfleet-edit', 'hosts', 'create', false],
    ['virtfleet-edit', 'storagepools', 'delete', false],
    ['virtfleet-edit', 'placementreviews', 'create', false],
    ['virtfleet-fleet-admin', 'placementreviews', 'create', true],
    ['virtfleet-view', 'virtualmachineclasses', 'list', true],
    ['virtfleet-edit', 'virtualmachineclasses', 'create', false],
    ['virtfleet-view', 'virtualmachinequotas', 'list', true],
    ['virtfleet-edit', 'virtualmachinequotas', 'update', false],
    ['virtfleet-fleet-admin', 'hosts', 'create', true],
  ])('%s: %s %s: %s', async (role, resource, verb, allowed) => {
    const answer = await api.request<{ rules: { resources: string[]; verbs: string[] }[] }>(
      'GET',
      `/apis/rbac.authorization.k8s.io/v1/clusterroles/${role}`,
    );
    const isAllowed = answer.body.rules.some(
      ({ resources, verbs }) => (resources.includes(resource) || resources.includes('*')) && verbs.includes(verb),
    );
    expect(isAllowed).toBe(allowed);
  });
});

describe('the admission policies', () => {
  const host = JSON.stringify({
    apiVersion: 'virtfleet.io/v1alpha1',
    kind: 'Host',
    metadata: { name: 'h1' },
    spec: { uri: 'qemu+tcp://192.0.2.1/system' },
  });
  const patch = (...args: string[]): string[] => ['patch', 'host', 'h1', '--type=merge', `--as=${operator}`, ...args];

  beforeAll(async () => {
    await api.kubectl(['apply', '-f', '-'], host);
    // A policy is in force a moment after it was made.
    await eventually('the operator is held off the spec', async () => {
      const args = patch('--dry-run=server', '-p', '{"spec":{"unschedulable":true}}');
      return await api.kubectl(args).then(
        () => false,
        () => true,
      );
    });
    await eventually('the CRDs are held', async () => {
      const args = ['delete', 'crd', 'virtualnetworks.virtfleet.io', '--dry-run=server'];
      return await api.kubectl(args).then(
        () => false,
        () => true,
      );
    });
  });

  test('the operator cannot change a spec', async () => {
    expect(await refusal(...patch('-p', '{"spec":{"unschedulable":true}}'))).toContain('status and finalizers only');
  });
  test('a person can', async () => {
    await api.kubectl(['patch', 'host', 'h1', '--type=merge', '-p', '{"spec":{"unschedulable":true}}']);
  });
  test('the operator can set finalizers', async () => {
    await api.kubectl(patch('-p', '{"metadata":{"finalizers":["virtfleet.io/finalizer"]}}'));
    await api.kubectl(patch('-p', '{"metadata":{"finalizers":null}}'));
  });
  test('it cannot give an object another owner', async () => {
    const owner = { apiVersion: 'v1', kind: 'Namespace', name: 'default', uid: '1' };
    const body = JSON.stringify({ metadata: { ownerReferences: [owner] } });
    expect(await refusal(...patch('-p', body))).toContain('owner references');
  });
  test('a CRD of ours is not deleted by mistake, and the message says what to do', async () => {
    const message = await refusal('delete', 'crd', 'virtualnetworks.virtfleet.io');
    expect(message).toContain('kubectl annotate crd virtualnetworks.virtfleet.io virtfleet.io/allow-deletion=true');
  });
  test('it is when that is meant', async () => {
    await api.kubectl(['annotate', 'crd', 'virtualnetworks.virtfleet.io', 'virtfleet.io/allow-deletion=true']);
    await api.kubectl(['delete', 'crd', 'virtualnetworks.virtfleet.io', '--wait=false']);
  });
  test('those of others are not our business', async () => {
    const names = { plural: 'things', singular: 'thing', kind: 'Thing' };
    const schema = { openAPIV3Schema: { type: 'object' } };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        names,
        scope: 'Cluster',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    await api.kubectl(['apply', '-f', '-'], JSON.stringify(crd));
    await api.kubectl(['delete', 'crd', 'things.example.com', '--wait=false']);
  });
});
