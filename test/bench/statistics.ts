/** What many measurements say together. Pure. */

export interface Spread {
  median: number;
  least: number;
  most: number;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** By linear interpolation between the two nearest ranks. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * percent) / 100;
  const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  if (below === undefined || above === undefined) throw new RangeError('there is nothing to take a percentile of');
  return below + (above - below) * (rank - Math.floor(rank));
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** The slope of a straight line through the points by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1): number => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let above = 0;
  let below = 0;
  for (const [x, y] of points) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  if (below === 0) throw new RangeError('a slope needs two different places');
  return above / below;
}

/** k in y = c · x^k: the slope between the logarithms. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  return slope(points.map(([x, y]) => [Math.log(x), Math.log(y)] as const));
}

/** ABBA: what drifts over a run (caches, heat, other people's load) falls on both arms alike. */
export function interleaved(repetitions: number): ('A' | 'B')[] {
  return Array.from({ length: repetitions }, (_, i) =>
    i % 2 === 0 ? (['A', 'B'] as const) : (['B', 'A'] as const),
  ).flat();
}
