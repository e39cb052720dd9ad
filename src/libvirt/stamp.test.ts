import { describe, expect, test } from 'vitest';
import { dropMetadata, putMetadata, readStamp, type Stamp, stampElement, stampToXml } from './stamp.ts';
import { parseXml, printXml } from './xml.ts';

const stamp: Stamp = { fleet: 'f', namespace: 'lab', name: 'web', uid: 'u', incarnation: 3, specHash: 'sha256:1' };
const inDomain = (metadata: string): string => `<domain><name>web</name><metadata>${metadata}</metadata></domain>`;

describe('a stamp', () => {
  test('is read as it was written: alone, in metadata, in a domain', () => {
    const full = { ...stamp, definedHash: 'sha256:2', libvirtVersion: '9.0.0' };
    expect(readStamp(stampToXml(full))).toEqual(full);
    expect(readStamp(stampToXml(stamp))).toEqual(stamp);
    expect(readStamp(`<metadata>${stampToXml(stamp)}</metadata>`)).toEqual(stamp);
    expect(readStamp(inDomain(stampToXml(stamp)))).toEqual(stamp);
  });

  test('is known by its namespace, whatever the prefix and wherever it is declared', () => {
    const body = 'fleet="f" namespace="lab" name="web" uid="u" incarnation="3" specHash="sha256:1"';
    expect(readStamp(inDomain(`<stamp xmlns="https://virtfleet.io/stamp/v1" ${body}/>`))).toEqual(stamp);
    expect(
      readStamp(`<domain xmlns:x="https://virtfleet.io/stamp/v1"><metadata><x:stamp ${body}/></metadata></domain>`),
    ).toEqual(stamp);
    expect(readStamp(inDomain(`<v:stamp xmlns:v="https://example.org/" ${body}/>`))).toBeNull();
    expect(readStamp(inDomain(`<stamp ${body}/>`))).toBeNull();
  });

  test.each(['fleet', 'namespace', 'name', 'uid', 'incarnation', 'specHash'])('without %s is none', (field) => {
    const element = stampElement(stamp);
    delete element.attrs[field];
    expect(readStamp(element)).toBeNull();
  });

  test.each(['', 'x', '1.5'])('with the incarnation %j is none', (incarnation) => {
    const element = stampElement(stamp);
    element.attrs.incarnation = incarnation;
    expect(readStamp(element)).toBeNull();
  });

  test('takes the place of an older one and leaves the neighbours', () => {
    const root = parseXml(inDomain(`<a:tool xmlns:a="urn:a"/>${stampToXml(stamp)}<b:tool xmlns:b="urn:b"/>`));
    putMetadata(root, stampElement({ ...stamp, incarnation: 4 }), ['name']);
    expect(readStamp(root)?.incarnation).toBe(4);
    expect(printXml(root).match(/<\w+:\w+/g)).toEqual(['<a:tool', '<virtfleet:stamp', '<b:tool']);
    dropMetadata(root, 'stamp');
    expect(printXml(root)).not.toContain('stamp');
    expect(printXml(root)).toContain('a:tool');
  });
});
