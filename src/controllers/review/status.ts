/** The status of a PlacementReview. Pure. */
import type { PlacementReview, PlacementReviewStatus } from '#api/v1alpha1/placement-review.ts';
import { countHosts } from '#scheduler/planners/loss.ts';
import { isoTime, mergeConditions, type WantedCondition } from '../conditions.ts';
import { type Answer, questionOf } from './answer.ts';

const MOST = 1000;
const MOST_MESSAGE = 1024;

export function reviewStatus(
  review: PlacementReview,
  answer: Answer | { kind: 'Waiting' },
  now: number,
): PlacementReviewStatus {
  const { generation } = review.metadata;
  const before = review.status ?? {};
  const told = (conditions: WantedCondition[]): PlacementReviewStatus => ({
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    question: questionOf(review),
    conditions: mergeConditions(before.conditions, conditions, generation, now),
  });
  switch (answer.kind) {
    case 'Waiting': {
      const message = 'The hosts are being dialled; it is answered in a few seconds.';
      return told([
        { type: 'Ready', status: 'False', reason: 'HostsNotSeen', message },
        { type: 'Reconciling', status: 'True', reason: 'HostsNotSeen', message },
      ]);
    }
    case 'Unanswerable': {
      const { reason, message } = answer;
      return {
        ...told([
          { type: 'Ready', status: 'False', reason, message },
          { type: 'Stalled', status: 'True', reason, message },
        ]),
        answer: message,
        answeredAt: isoTime(now),
      };
    }
    case 'Answered': {
      const { machines } = answer;
      const fit = machines.filter(({ host }) => host !== undefined).length;
      return {
        ...told([{ type: 'Ready', status: 'True', reason: 'Answered', message: answer.answer }]),
        answer: answer.answer,
        answeredAt: isoTime(now),
        total: machines.length,
        fit,
        unfit: machines.length - fit,
        hosts: countHosts(machines.map(({ host }) => ({ to: host }))).slice(0, MOST),
        machines: machines
          .slice(0, MOST)
          .map((one) => (one.message ? { ...one, message: one.message.slice(0, MOST_MESSAGE) } : one)),
      };
    }
    default:
      return answer satisfies never;
  }
}
