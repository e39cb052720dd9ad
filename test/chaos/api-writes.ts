/** Counts writes to the API server by its own metrics: what a machine costs the cluster. */
import type { RigClient } from '../rig/client.ts';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'APPLY', 'DELETE', 'DELETECOLLECTION']);

export interface ApiWrite {
  verb: string;
  group: string;
  /** The resource, and its subresource behind a slash. */
  resource: string;
  count: number;
}

/** Reads `apiserver_request_total` and keeps what writes. Pure. */
export function parseWrites(metrics: string): ApiWrite[] {
  const totals = new Map<string, ApiWrite>();
  for (const line of metrics.split('\n')) {
    const [, labels = '', value] = /^apiserver_request_total\{(.*)\} (\S+)$/.exec(line) ?? [];
    if (value === undefined) continue;
    const label = Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]));
    const { verb = '', group = '', resource = '', subresource = '' } = label;
    if (!WRITES.has(verb)) continue;
    const name = subresource ? `${resource}/${subresource}` : resource;
    const key = `${verb} ${group}/${name}`;
    const total = totals.get(key) ?? { verb, group, resource: name, count: 0 };
    total.count += Number(value);
    totals.set(key, total);
  }
  return [...totals.values()];
}

export async function readWrites(rig: RigClient): Promise<ApiWrite[]> {
  return parseWrites(await rig.kubectl.run('get', '--raw', '/metrics'));
}

/** What was written in between, without what never was. */
export function writesBetween(before: readonly ApiWrite[], after: readonly ApiWrite[]): ApiWrite[] {
  const keyOf = ({ verb, group, resource }: ApiWrite): string => `${verb} ${group}/${resource}`;
  const earlier = new Map(before.map((write) => [keyOf(write), write.count]));
  return after
    .map((write) => ({ ...write, count: write.count - (earlier.get(keyOf(write)) ?? 0) }))
    .filter(({ count }) => count > 0);
}

/** Writes that a machine is the cause of: our kinds, and events; leader election goes on in any case. */
export function ofTheFleet(writes: readonly ApiWrite[]): ApiWrite[] {
  return writes.filter(({ group, resource }) => group === 'virtfleet.io' || resource === 'events');
}

export const total = (writes: readonly ApiWrite[]): number => writes.reduce((sum, { count }) => sum + count, 0);
