import { describe, expect, test } from 'vitest';
import { defaultSeriesLimits, type EventInput, SeriesTable } from './event-series.ts';
import { anObject } from './testing.ts';

const started: EventInput = { type: 'Normal', reason: 'Started', action: 'Start', note: 'started on host h1' };
const a = anObject('a');

describe('SeriesTable', () => {
  test('the same again is counted, something else is told anew', () => {
    const table = new SeriesTable(defaultSeriesLimits);
    const first = table.note(a, started, 0);
    expect(table.note(a, { ...started }, 1_000)).toBe(first);
    expect(first).toMatchObject({ count: 2, firstAt: 0, lastAt: 1_000, namespace: 'default' });
    expect(table.note(a, { ...started, note: 'started on host h2' }, 2_000)).not.toBe(first);
    expect(table.note(anObject('b'), started, 2_000)).not.toBe(first);
    expect(table.note(a, { ...started, related: anObject('host') }, 2_000)).not.toBe(first);
  });

  test('after a while it is told anew', () => {
    const table = new SeriesTable(defaultSeriesLimits);
    const first = table.note(a, started, 0);
    expect(table.note(a, started, defaultSeriesLimits.windowMs)).not.toBe(first);
  });

  test('an object that says too much is cut, others are not, and it earns its right to speak again', () => {
    const table = new SeriesTable({ ...defaultSeriesLimits, burst: 3, refillMs: 1_000 });
    const say = (object: typeof a, n: number, at: number): boolean =>
      table.note(object, { ...started, note: `${n}` }, at) !== null;
    expect([1, 2, 3, 4, 5].map((n) => say(a, n, 0))).toEqual([true, true, true, false, false]);
    expect(say(anObject('b'), 1, 0)).toBe(true);
    expect([6, 7].map((n) => say(a, n, 1_000))).toEqual([true, false]);
    expect(table.note(a, { ...started, note: '1' }, 1_000)?.count).toBe(2);
  });

  test('it does not grow without end', () => {
    const table = new SeriesTable({ ...defaultSeriesLimits, maxSeries: 10 });
    const first = table.note(anObject('x-0'), started, 0);
    for (let n = 1; n <= 10; n += 1) table.note(anObject(`x-${n}`), started, n);
    expect(table.note(anObject('x-0'), started, 20)).not.toBe(first);
  });

  test('a note is cut at 1024 bytes, between characters', () => {
    const note =
      new SeriesTable(defaultSeriesLimits).note(a, { ...started, note: 'ü'.repeat(2_000) }, 0)?.input.note ?? '';
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024);
    expect(note).toMatch(/^ü+…$/);
  });

  test('what has no namespace is told of in default', () => {
    const host = anObject('h1');
    delete host.metadata.namespace;
    expect(new SeriesTable(defaultSeriesLimits).note(host, started, 0)?.namespace).toBe('default');
  });
});
