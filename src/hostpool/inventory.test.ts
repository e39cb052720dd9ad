import { expect, test } from 'vitest';
import { InventoryStore } from './inventory.ts';
import type { DomainRecord, NetworkRecord } from './types.ts';

const domain = (uuid: string, state: number, seenAt = 0): DomainRecord => ({
  uuid,
  name: uuid,
  state,
  reason: 0,
  persistent: true,
  autostart: false,
  stamp: null,
  seenAt,
});
const network = (uuid: string, active: boolean): NetworkRecord => ({ uuid, name: uuid, active, autostart: false });

test('a listing tells what came, changed and went, and nothing else', () => {
  const told: string[] = [];
  const store = new InventoryStore({
    domain: (uuid, now, before) => told.push(`${uuid}:${before?.state ?? '-'}→${now?.state ?? '-'}`),
    network: (uuid) => told.push(uuid),
    pool: (uuid) => told.push(uuid),
  });
  store.replace({ domains: [domain('a', 1), domain('b', 1)], networks: [network('n', true)], pools: [] }, 10);
  expect(told.splice(0)).toEqual(['a:-→1', 'b:-→1', 'n']);
  store.replace({ domains: [domain('a', 1, 99), domain('c', 5)], networks: [network('n', true)], pools: [] }, 20);
  expect(told.splice(0)).toEqual(['b:1→-', 'c:-→5']);
  expect(store.domains.get('a')?.seenAt).toBe(99);
  expect(store.listedAt).toBe(20);
  store.setDomain('c', null);
  store.setDomain('c', null);
  store.setNetwork('n', network('n', false));
  expect(told).toEqual(['c:5→-', 'n']);
});
