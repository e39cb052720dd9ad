import type { LabelSelector } from './types.ts';

/** The requirements that labels do not meet, as a person would write them; empty when they match. */
export function unmetRequirements(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, string>>,
): string[] {
  const unmet: string[] = [];
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
    if (labels[key] !== value) unmet.push(`${key}=${value}`);
  }
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
    const has = Object.hasOwn(labels, key);
    const listed = has && values.includes(labels[key] ?? '');
    switch (operator) {
      case 'In':
        if (!listed) unmet.push(`${key} in (${values.join(', ')})`);
        break;
      case 'NotIn':
        if (listed) unmet.push(`${key} not in (${values.join(', ')})`);
        break;
      case 'Exists':
        if (!has) unmet.push(key);
        break;
      case 'DoesNotExist':
        if (has) unmet.push(`no ${key}`);
        break;
      default:
        operator satisfies never;
    }
  }
  return unmet;
}

export function isSelected(selector: LabelSelector | undefined, labels: Readonly<Record<string, string>>): boolean {
  return unmetRequirements(selector, labels).length === 0;
}

/** The same question for many objects: the selector is taken apart once. Undefined selects everything, as in `isSelected`. */
export function matcherOf(selector: LabelSelector | undefined): (labels: Readonly<Record<string, string>>) => boolean {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  const { matchExpressions = [] } = selector ?? {};
  return (labels) => {
    for (const [key, value] of pairs) if (labels[key] !== value) return false;
    return matchExpressions.length === 0 || isSelected({ matchExpressions }, labels);
  };
}
