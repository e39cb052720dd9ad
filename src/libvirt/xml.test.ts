import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Element, el, isXmlText, parseXml, printXml, XmlError } from './xml.ts';

/** Any text that XML 1.0 can hold: escaping has to do the rest. */
const anyText = fc.string({ unit: 'binary' }).filter(isXmlText);
const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,8}$/);
const attrs = fc
  .dictionary(name, anyText, { maxKeys: 3, noNullPrototype: true })
  .filter((a) => !Object.keys(a).some((k) => /^xmlns/i.test(k)));
const comment = fc
  .string()
  .filter((text) => isXmlText(text) && !/--|-$|\r/.test(text))
  .map((text) => ({ comment: text }));
/** A tree as the parser gives it: either text alone, or elements and comments. */
const { tree } = fc.letrec<{ tree: Element }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.record({ name, attrs, children: anyText.map((text) => (text === '' ? [] : [text])) }),
    fc.record({ name, attrs, children: fc.array(fc.oneof(tie('tree'), comment), { maxLength: 4 }) }),
  ),
}));

describe('a document', () => {
  test('is read as it was printed, whatever it says', () => {
    fc.assert(
      fc.property(tree, (element) => {
        expect(parseXml(printXml(element))).toEqual(element);
      }),
    );
  });

  test('is printed as it was read', () => {
    fc.assert(
      fc.property(tree, (element) => {
        expect(printXml(parseXml(printXml(element)))).toBe(printXml(element));
      }),
    );
  });

  test('holds any text in attributes and between tags', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = parseXml(printXml(el('name', { value: text }, [`.${text}`])));
        expect(read.attrs.value).toBe(text);
        expect(read.children).toEqual([`.${text}`]);
      }),
    );
  });

  test('cannot be broken out of', () => {
    const evil = '</name><devices><disk type="file"/></devices><!-- ]]> &amp; "\' -->';
    expect(parseXml(printXml(el('domain', {}, [el('name', { title: evil }, [evil])])))).toEqual(
      el('domain', {}, [el('name', { title: evil }, [evil])]),
    );
  });

  test('keeps comments, instructions, namespaces and the order of everything', () => {
    const text = `<domain xmlns:q="http://libvirt.org/schemas/domain/qemu/1.0"><!-- by hand --><b/><a/><?keep me?><q:commandline><q:arg value="-x"/></q:commandline></domain>`;
    const read = parseXml(text);
    expect(printXml(read).replace(/\n\s*/g, '')).toBe(text);
  });

  test('keeps whitespace that may mean something', () => {
    expect(parseXml('<a> x <b/> </a>').children).toEqual([' x ', el('b'), ' ']);
    expect(parseXml('<a>  </a>').children).toEqual(['  ']);
    expect(parseXml('<a>\n  <b/>\n</a>').children).toEqual([el('b')]);
    expect(parseXml('<a xml:space="preserve"> <b/></a>').children).toEqual([' ', el('b')]);
  });

  test('joins text, CDATA and entities', () => {
    expect(parseXml('<a>x<![CDATA[<y>]]>&amp;&#65;</a>').children).toEqual(['x<y>&A']);
  });

  test.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /DOCTYPE/],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', /DOCTYPE/],
    ['an entity nobody declared', '<a>&nbsp;</a>', /entity/],
    ['a missing end', '<a><b></a>', /tag/],
    ['a second root', '<a/><b/>', /root/],
    ['no element', '', /root|element/],
    ['a control character', '<a>\u0001</a>', /character/],
    ['a control character by reference', '<a>&#1;</a>', /entity|character/],
    ['an attribute twice', '<a b="1" b="2"/>', /duplicate/],
    ['a prefix nobody declared', '<x:a/>', /prefix/],
    ['a length no document has', `<a>${' '.repeat(4 * 2 ** 20)}</a>`, /characters, at most/],
    ['more parts than any document has', `<a>${'<b/>'.repeat(100_001)}</a>`, /more than 100000 parts/],
    ['a depth no document has', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`, /deeper/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => parseXml(text)).toThrow(XmlError);
    expect(() => parseXml(text)).toThrow(message);
  });

  test.each(['\u0000', '\u000b', '\u001f', '\ufffe', '\ud800'])('is not printed with the character %j', (character) => {
    expect(() => printXml(el('a', {}, [character]))).toThrow(/cannot stand in an XML document/);
    expect(() => printXml(el('a', { b: character }))).toThrow(XmlError);
  });

  test.each(['a b', '1a', 'a>', '', 'a:b:c'])('is not printed with an element called %j', (bad) => {
    expect(() => printXml(el(bad))).toThrow(XmlError);
  });
});
