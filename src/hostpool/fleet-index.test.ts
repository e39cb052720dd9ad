import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FleetIndex } from './fleet-index.ts';
import type { DomainRecord } from './types.ts';

const record = (uuid: string, name: string | null, incarnation = 1): DomainRecord => ({
  uuid,
  name: `d-${uuid}`,
  state: 1,
  reason: 0,
  persistent: true,
  autostart: false,
  stamp: name === null ? null : { fleet: 'f', namespace: 'ns', name, uid: uuid, incarnation, specHash: '' },
  seenAt: 0,
});

describe('the index over the fleet', () => {
  test('finds a domain on two hosts, and under its new stamp only', () => {
    const index = new FleetIndex();
    index.put('h1', record('u1', 'web'));
    index.put('h2', record('u1', 'web', 2));
    index.put('h2', record('u2', null));
    expect(index.byUuid('u1').map(({ host }) => host)).toEqual(['h1', 'h2']);
    expect(index.byStamp('f', 'ns', 'web').map(({ domain }) => domain.stamp?.incarnation)).toEqual([1, 2]);
    index.put('h1', record('u1', 'renamed'));
    expect(index.byStamp('f', 'ns', 'web').map(({ host }) => host)).toEqual(['h2']);
    index.drop('h2', 'u2');
    expect(index.byUuid('u2')).toEqual([]);
  });

  test('agrees with a scan after any sequence of changes, and keeps nothing of what was dropped', () => {
    const host = fc.constantFrom('h1', 'h2', 'h3');
    const uuid = fc.constantFrom('a', 'b', 'c');
    const step = fc.record({ host, uuid, name: fc.constantFrom('x', 'y', null, 'drop') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const index = new FleetIndex();
        const model = new Map<string, { host: string; domain: DomainRecord }>();
        for (const { host, uuid, name } of steps) {
          const key = `${host}/${uuid}`;
          if (name === 'drop') {
            index.drop(host, uuid);
            model.delete(key);
          } else {
            index.put(host, record(uuid, name));
            model.set(key, { host, domain: record(uuid, name) });
          }
        }
        const sorted = (list: { host: string; domain: DomainRecord }[]) =>
          list.map((e) => `${e.host}/${e.domain.uuid}`).sort();
        for (const id of ['a', 'b', 'c'])
          expect(sorted(index.byUuid(id))).toEqual(sorted([...model.values()].filter((e) => e.domain.uuid === id)));
        for (const n of ['x', 'y'])
          expect(sorted(index.byStamp('f', 'ns', n))).toEqual(
            sorted([...model.values()].filter((e) => e.domain.stamp?.name === n)),
          );
        for (const e of model.values()) index.drop(e.host, e.domain.uuid);
        expect(index.size).toBe(0);
      }),
    );
  });
});
