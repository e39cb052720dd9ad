/** PlacementReview: answered once, from caches. Nothing outward is done for it, so it needs no finalizer. */
import { type PlacementReview, placementReviewKind } from '#api/v1alpha1/placement-review.ts';
import { Controller, type ReconcileResult } from '#kube/controller.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { StartGrace } from '../start-grace.ts';
import { StatusWriter } from '../write-status.ts';
import { answerOf } from './answer.ts';
import { reviewStatus } from './status.ts';

export function reviewController(deps: ControllerDeps): Controller {
  const { client, informers, clock } = deps;
  const writer = new StatusWriter({ client, kind: placementReviewKind, informer: informers.reviews, clock });
  const grace = new StartGrace(clock);
  const controller = new Controller({
    name: 'review',
    // A large fleet takes the loop for a while: one at a time.
    concurrency: 1,
    reconcile: (key, right) => reconcile(deps, writer, grace, key, right),
  });
  controller.watch(informers.reviews);
  return controller;
}

async function reconcile(
  deps: ControllerDeps,
  writer: StatusWriter<PlacementReview>,
  grace: StartGrace,
  key: string,
  right: Right,
): Promise<ReconcileResult | undefined> {
  const { client, informers, hosts, clock } = deps;
  const review = informers.reviews.get(key);
  if (!review || review.metadata.deletionTimestamp) return undefined;
  const now = clock.now();
  if (review.status?.answeredAt === undefined) {
    const waitMs = Math.max(0, ...informers.hosts.list().map((host) => grace.of(host, hosts)));
    if (waitMs > 0) {
      await writer.write(right, review, reviewStatus(review, { kind: 'Waiting' }, now));
      return { requeueAfterMs: Math.min(waitMs, 1000) };
    }
    await writer.write(right, review, reviewStatus(review, answerOf(deps, review), now));
    return { requeueAfterMs: 1 };
  }
  const { ttlSecondsAfterFinished } = review.spec;
  if (ttlSecondsAfterFinished === undefined) return undefined;
  const leftMs = Date.parse(review.status.answeredAt) + ttlSecondsAfterFinished * 1000 - now;
  if (leftMs > 0) return { requeueAfterMs: leftMs };
  const { name, uid } = review.metadata;
  await client.delete(right, placementReviewKind, { name, uid });
  return undefined;
}
