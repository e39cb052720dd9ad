import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coverageTable } from '../generate/coverage.ts';
import { readDescription } from '../generate/description.ts';
import { readEvents } from '../generate/emit_events.ts';
import { KINDS, type Kind, methodName } from '../generate/kinds.ts';
import { planFor } from '../generate/plan.ts';
import { addon } from '../lib/native.ts';

const description = readDescription();
const outcomes = description.functions.map((fn) => ({ fn, outcome: planFor(description, fn) }));
const plans = outcomes.flatMap(({ outcome }) => (outcome.bound === 'generated' ? [outcome.plan] : []));

describe('the generator', () => {
  it.each<[Kind, string, string]>([
    ['Domain', 'virDomainGetXMLDesc', 'getXMLDesc'],
    ['Domain', 'virDomainFSTrim', 'fsTrim'],
    ['Domain', 'virDomainSnapshotCreateXML', 'snapshotCreateXML'],
    ['Connect', 'virDomainLookupByUUIDString', 'domainLookupByUUIDString'],
    ['Connect', 'virConnectListAllDomains', 'listAllDomains'],
    ['Connect', 'virNWFilterDefineXML', 'nwFilterDefineXML'],
    ['StoragePool', 'virStorageVolCreateXML', 'volCreateXML'],
    ['StoragePool', 'virStoragePoolGetInfo', 'getInfo'],
    ['DomainSnapshot', 'virDomainRevertToSnapshot', 'revertToSnapshot'],
  ])('%s.%s is named %s', (kind, cName, method) => {
    expect(methodName(kind, cName)).toBe(method);
  });

  it('gives no two functions of a class one name', () => {
    for (const kind of KINDS) {
      const names = plans.filter((p) => p.kind === kind).map((p) => methodName(kind, p.fn.name));
      expect(names).toEqual([...new Set(names)]);
    }
  });

  it('leaves no function out without a reason that was thought of', () => {
    const unknown = outcomes.filter(
      ({ outcome }) => outcome.bound === 'no' && /shape|belongs to no object|returns `/.test(outcome.reason),
    );
    expect(unknown.map(({ fn }) => fn.name)).toEqual([]);
  });

  it('has written the coverage table of the README, with a reason for each function that is not bound', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const table = coverageTable(description.version, outcomes, readEvents(description));
    // Another libvirt than the one that the committed files are generated from has another table.
    if (readme.includes(`API description of libvirt ${description.version};`)) expect(readme).toContain(table);
    for (const { fn, outcome } of outcomes) {
      if (outcome.bound === 'no') expect(table).toMatch(new RegExp(`\\| \\S.{10,} \\| .*\`${fn.name}\``));
    }
  });

  it('is in step with the addon: every generated function is there', () => {
    for (const { fn } of plans) expect(addon[fn.name], fn.name).toBeTypeOf('function');
  });

  it('finds every function that it says is written by hand in the file it names', () => {
    const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
    const astray = outcomes.filter(
      ({ fn, outcome }) => outcome.bound === 'hand' && !new RegExp(`\\b${fn.name}\\b`).test(text(outcome.where)),
    );
    expect(astray.map(({ fn }) => fn.name)).toEqual([]);
  });

  it('knows the callback of every event id', () => {
    const ids = readEvents(description);
    expect(new Set(ids.map((e) => e.kind))).toEqual(
      new Set(['Domain', 'Network', 'StoragePool', 'NodeDevice', 'Secret']),
    );
    expect(ids.length).toBeGreaterThanOrEqual(34);
  });
});
