import type { KubeClient } from '#kube/client.ts';
import { type ConfigMap, configMapKind } from '#kube/testing.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { unrestricted } from '#platform/right.ts';

export const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

export async function makeNamespace(client: KubeClient, name: string): Promise<void> {
  await client.create(unrestricted, namespaceKind, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

export function makeConfigMap(
  client: KubeClient,
  namespace: string,
  name: string,
  data: Record<string, string> = {},
): Promise<ConfigMap> {
  const metadata = { name, namespace };
  return client.create(unrestricted, configMapKind, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

/** A few at a time, as fast as the server takes them. */
export async function makeConfigMaps(client: KubeClient, namespace: string, count: number): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await makeConfigMap(client, namespace, `cm-${n}`, { n: String(n) });
  };
  await Promise.all(Array.from({ length: 12 }, worker));
}
