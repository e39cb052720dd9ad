/** PlacementReviews that the API server refuses. */
import { aReview, atApiServer } from './cases.ts';

const place = (over: object) => aReview({ drainHost: undefined, place: { memory: { size: '1Gi' }, ...over } });

export const reviews = atApiServer([
  { wrong: 'no question', object: aReview({ drainHost: undefined }), says: ['spec', 'must ask one question'] },
  { wrong: 'two questions', object: aReview({ loseHost: 'h2' }), says: ['spec', 'must ask one question'] },
  {
    wrong: 'machines without a size',
    object: place({ memory: undefined }),
    says: ['spec.place.memory', 'must be given, or place.className'],
  },
  {
    wrong: 'more machines than are answered for',
    object: place({ count: 1001 }),
    says: ['spec.place.count', 'less than or equal to 1000'],
  },
  {
    wrong: 'another question in the same object',
    before: aReview({}),
    object: aReview({ drainHost: 'h2' }),
    says: ['spec', 'make another PlacementReview'],
  },
]);
