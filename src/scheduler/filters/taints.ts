import type { Taint, Toleration } from '../types.ts';
import { type FixedFilter, rejected } from './filter.ts';

export function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  return tolerations.some((toleration) => {
    if (toleration.effect !== undefined && toleration.effect !== taint.effect) return false;
    if (toleration.operator === 'Exists') {
      return toleration.key === undefined || toleration.key === '' || toleration.key === taint.key;
    }
    return toleration.key === taint.key && (toleration.value ?? '') === (taint.value ?? '');
  });
}

export function formatTaint(taint: Taint): string {
  return taint.value === undefined || taint.value === '' ? taint.key : `${taint.key}=${taint.value}`;
}

export const taints: FixedFilter = {
  name: 'Taints',
  check(request, host) {
    const taint = host.taints.find(
      (candidate) => candidate.effect !== 'PreferNoSchedule' && !isTolerated(candidate, request.tolerations),
    );
    return taint === undefined ? null : rejected('has', 'have', `the taint ${formatTaint(taint)}`);
  },
};
