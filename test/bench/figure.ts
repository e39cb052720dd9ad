/** One line of the table, and how it is judged. */
import type { Spread } from './statistics.ts';

export interface Figure {
  /** As in the list of figures: 1, 2, …, or a word. */
  row: number | string;
  name: string;
  /** The figure that is held against the bar: a ratio, or what the name says. Null: it could not be measured. */
  ratio: number | null;
  bar: number;
  holds: boolean;
  /** Least and most of the repetitions. */
  spread: [least: number, most: number] | null;
  /** Absolutes and CPU seconds: context, no judgement. */
  detail: string;
}

export function figureOf(
  row: Figure['row'],
  name: string,
  { median, least, most }: Spread,
  bar: number,
  detail: string,
): Figure {
  return {
    row,
    name,
    ratio: rounded(median),
    bar,
    holds: median <= bar,
    spread: [rounded(least), rounded(most)],
    detail,
  };
}

/** A run that failed, or that is void because a machine was lost, holds nothing. */
export function failedFigure(row: Figure['row'], name: string, bar: number, why: string): Figure {
  return { row, name, ratio: null, bar, holds: false, spread: null, detail: why };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

export function cpuText(seconds: Record<string, number>): string {
  return Object.entries(seconds)
    .map(([name, value]) => `${name} ${value.toFixed(1)} s`)
    .join(', ');
}
