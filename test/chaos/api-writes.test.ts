import { expect, test } from 'vitest';
import { ofTheFleet, parseWrites, total, writesBetween } from './api-writes.ts';

const metrics = (patches: number): string => `# HELP apiserver_request_total Counter
apiserver_request_total{code="200",component="apiserver",dry_run="",group="virtfleet.io",resource="virtualmachines",scope="resource",subresource="status",verb="PATCH",version="v1alpha1"} ${patches}
apiserver_request_total{code="409",component="apiserver",dry_run="",group="virtfleet.io",resource="virtualmachines",scope="resource",subresource="status",verb="PATCH",version="v1alpha1"} 1
apiserver_request_total{code="200",component="apiserver",dry_run="",group="virtfleet.io",resource="virtualmachines",scope="cluster",subresource="",verb="LIST",version="v1alpha1"} 7
apiserver_request_total{code="201",component="apiserver",dry_run="",group="events.k8s.io",resource="events",scope="resource",subresource="",verb="POST",version="v1"} 3
apiserver_request_total{code="200",component="apiserver",dry_run="",group="coordination.k8s.io",resource="leases",scope="resource",subresource="",verb="PUT",version="v1"} 90
apiserver_request_duration_seconds_count{verb="PATCH"} 12`;

test('writes are counted by verb and resource, reads are not, refused ones are', () => {
  expect(parseWrites(metrics(4))).toEqual([
    { verb: 'PATCH', group: 'virtfleet.io', resource: 'virtualmachines/status', count: 5 },
    { verb: 'POST', group: 'events.k8s.io', resource: 'events', count: 3 },
    { verb: 'PUT', group: 'coordination.k8s.io', resource: 'leases', count: 90 },
  ]);
});

test('what was written in between is the difference, and leases are nobody’s', () => {
  const between = writesBetween(parseWrites(metrics(4)), parseWrites(metrics(9)));
  expect(between).toEqual([{ verb: 'PATCH', group: 'virtfleet.io', resource: 'virtualmachines/status', count: 5 }]);
  expect(total(ofTheFleet(parseWrites(metrics(4))))).toBe(8);
});
