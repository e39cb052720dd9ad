import { isTolerated } from '../filters/taints.ts';
import { type Scorer, sharesAfter } from './scorer.ts';

export type { Scorer } from './scorer.ts';

/** The emptier its scarcer resource stays, the better: machines spread, and no host fills up early in one of the two. */
const dominantShare: Scorer = {
  name: 'DominantShare',
  weight: 60,
  score(request, host, ledger) {
    const { cpu, memory } = sharesAfter(request, host, ledger);
    return 1 - Math.max(cpu, memory);
  },
};

/** CPU and memory run out together, so that neither is stranded behind the other. */
const balance: Scorer = {
  name: 'Balance',
  weight: 15,
  score(request, host, ledger) {
    const { cpu, memory } = sharesAfter(request, host, ledger);
    return 1 - Math.abs(cpu - memory);
  },
};

/** A copy of the image that is there already saves minutes; it is worth as much as a fourth of a host, not more. */
const imageThere: Scorer = {
  name: 'ImageThere',
  weight: 15,
  score: (request, host) => (request.preferredImagesOn?.includes(host.name) ? 1 : 0),
};

const taintPreference: Scorer = {
  name: 'TaintPreference',
  weight: 10,
  score(request, host) {
    const disliked = host.taints.filter(
      (taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, request.tolerations),
    );
    return 1 / (1 + disliked.length);
  },
};

/** Their weights add up to 100, so that a score is out of 100. */
export const scorers: readonly Scorer[] = [dominantShare, balance, imageThere, taintPreference];
