import { describe, expect, test } from 'vitest';
import { Store } from './store.ts';
import { anObject } from './testing.ts';
import type { KubeObject } from './types.ts';

function storeWith(...objects: KubeObject[]): Store<KubeObject> {
  const store = new Store<KubeObject>();
  store.replace(objects);
  return store;
}
const types = (changes: { type: string }[]): string[] => changes.map(({ type }) => type);
const versionOf = (store: Store<KubeObject>, name: string): string | undefined =>
  store.get(`default/${name}`)?.metadata.resourceVersion;

describe('Store', () => {
  test('the same version again is no change', () => {
    const store = storeWith(anObject('a'));
    expect(store.apply(anObject('a'))).toEqual([]);
    expect(types(store.apply(anObject('a', { version: '2' })))).toEqual(['updated']);
  });

  test('another object under the same name is one deleted and one added', () => {
    const store = storeWith(anObject('a', { uid: 'old' }));
    expect(types(store.apply(anObject('a', { uid: 'new' })))).toEqual(['deleted', 'added']);
    expect(store.byUid('old')).toBeUndefined();
    expect(store.byUid('new')).toBe(store.get('default/a'));
  });

  test('a late deletion of an earlier object leaves its successor alone', () => {
    const store = storeWith(anObject('a', { uid: 'new' }));
    expect(store.delete(anObject('a', { uid: 'old' }))).toEqual([]);
    expect(store.size).toBe(1);
  });

  test('a list removes what is not in it, in its own namespace only', () => {
    const store = storeWith(anObject('a'), anObject('b'), anObject('c', { namespace: 'other' }));
    expect(types(store.replace([anObject('b')], 'default'))).toEqual(['deleted']);
    expect(store.keys().sort()).toEqual(['default/b', 'other/c']);
    expect(types(store.replace([]))).toEqual(['deleted', 'deleted']);
  });

  test('indexes follow', () => {
    const store = storeWith(anObject('a', { version: '1' }), anObject('b', { version: '1' }));
    store.addIndex('version', (o) => [o.metadata.resourceVersion]);
    expect(store.byIndex('version', '1')).toHaveLength(2);
    store.apply(anObject('a', { version: '2' }));
    expect(store.byIndex('version', '1').map((o) => o.metadata.name)).toEqual(['b']);
    expect(store.byIndex('version', '2').map((o) => o.metadata.name)).toEqual(['a']);
    store.delete(anObject('a', { version: '3' }));
    expect(store.byIndex('version', '2')).toEqual([]);
    expect(() => store.byIndex('nothing', '')).toThrow('nothing');
    expect(() => store.addIndex('version', () => [])).toThrow('version');
  });
});

describe('an index function that throws', () => {
  const fragile = (store: Store<KubeObject>, broken: () => boolean): void =>
    store.addIndex('fragile', ({ metadata }) => {
      if (broken() && metadata.resourceVersion === '13') throw new Error('cannot swallow that');
      return [metadata.resourceVersion];
    });

  test.each([
    ['apply', (store: Store<KubeObject>) => store.apply(anObject('b', { version: '13' }))],
    [
      'apply of another object under the name',
      (store: Store<KubeObject>) => store.apply(anObject('a', { uid: 'x', version: '13' })),
    ],
    [
      'replace',
      (store: Store<KubeObject>) => store.replace([anObject('c', { version: '2' }), anObject('b', { version: '13' })]),
    ],
  ])('%s changes nothing, and the next time all of it is told', (_, change) => {
    const store = storeWith(anObject('a'));
    let isBroken = true;
    fragile(store, () => isBroken);
    expect(() => change(store)).toThrow('swallow');
    expect(store.list()).toEqual([anObject('a')]);
    expect(store.byIndex('fragile', '1')).toHaveLength(1);
    isBroken = false;
    expect(change(store).filter(({ type }) => type === 'added').length).toBeGreaterThan(0);
    expect(store.byIndex('fragile', '13')).toHaveLength(1);
  });
});

describe('learn', () => {
  test('our own write is seen at once, and the watch behind it does not take it back', () => {
    const store = storeWith(anObject('a', { version: '5' }));
    expect(types(store.learn(anObject('a', { version: '6' }), '5'))).toEqual(['updated']);
    expect(versionOf(store, 'a')).toBe('6');
    expect(store.replace([anObject('a', { version: '5' })])).toEqual([]);
    expect(versionOf(store, 'a')).toBe('6');
    expect(store.apply(anObject('a', { version: '6' }))).toEqual([]);
    expect(types(store.apply(anObject('a', { version: '7' })))).toEqual(['updated']);
  });

  test('several writes of ours in a row: a watch that is far behind takes none of them back', () => {
    const store = storeWith(anObject('a', { version: '1' }));
    for (const version of [2, 3, 4]) store.learn(anObject('a', { version: `${version}` }), `${version - 1}`);
    for (const version of ['2', '3', '4']) {
      expect(store.apply(anObject('a', { version }))).toEqual([]);
      expect(versionOf(store, 'a')).toBe('4');
    }
    expect(types(store.apply(anObject('a', { version: '5' })))).toEqual(['updated']);
  });

  test.each([
    ['the cache moved on', [anObject('a', { version: '7' })], '7'],
    ['it was deleted', [], undefined],
    ['another took the name', [anObject('a', { uid: 'other', version: '5' })], '5'],
  ])('is ignored when %s', (_, objects, version) => {
    const store = storeWith(...objects);
    expect(store.learn(anObject('a', { version: '6' }), '5')).toEqual([]);
    expect(versionOf(store, 'a')).toBe(version);
  });

  test('a created object is seen at once, but one that is deleted already does not come back', () => {
    const store = storeWith();
    expect(types(store.learn(anObject('a'), ''))).toEqual(['added']);
    expect(types(store.delete(anObject('a', { version: '2' })))).toEqual(['deleted']);
    expect(store.learn(anObject('a'), '')).toEqual([]);
    expect(store.size).toBe(0);
  });

  test('what we made stays, though a list that had begun before does not have it', () => {
    const store = storeWith(anObject('a'));
    store.beginList();
    store.learn(anObject('b'), '');
    store.learn(anObject('b', { version: '2' }), '1');
    expect(store.replace([anObject('a')])).toEqual([]);
    expect(versionOf(store, 'b')).toBe('2');
    expect(store.apply(anObject('b'))).toEqual([]);
    expect(types(store.delete(anObject('b', { version: '3' })))).toEqual(['deleted']);
  });

  test('a list that began after we made it is believed when it does not have it', () => {
    const store = storeWith();
    store.learn(anObject('b'), '');
    store.beginList('other');
    expect(store.replace([], 'other')).toEqual([]);
    store.beginList();
    expect(types(store.replace([]))).toEqual(['deleted']);
  });

  test('a list that began after our write is believed when it shows an older version: etcd was restored', () => {
    const store = storeWith(anObject('a', { version: '5' }));
    store.learn(anObject('a', { version: '6' }), '5');
    store.beginList();
    expect(types(store.replace([anObject('a', { version: '5' })]))).toEqual(['updated']);
    expect(versionOf(store, 'a')).toBe('5');
  });

  test('what was under the name of what we made, and is told only now, is not shown again', () => {
    const store = storeWith();
    store.learn(anObject('a', { uid: 'new' }), '');
    const old = anObject('a', { uid: 'old' });
    expect(store.apply(old)).toEqual([]);
    expect(store.delete(old)).toEqual([]);
    expect(store.apply(anObject('a', { uid: 'new' }))).toEqual([]);
    expect(store.byUid('new')).toBeDefined();
    // From here on the server is up to date, and another object of the name is a later one.
    expect(types(store.apply(anObject('a', { uid: 'later' })))).toEqual(['deleted', 'added']);
  });
});
