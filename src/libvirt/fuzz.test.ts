/**
 * What a hostile or broken host may send in the place of a document, and what a person may write in the place of a URI:
 * it is understood, or refused by an error of ours, and soon.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtfleetError } from '#platform/errors.ts';
import { readCapabilities, readDomainCapabilities } from './capabilities.ts';
import { domainChanges, readDomain, renderDomain } from './domain.ts';
import { networkChanges, readNetwork, renderNetwork } from './network.ts';
import { readPool, renderPool } from './pool.ts';
import { anyMachine, anyNetwork } from './testing/arbitrary.ts';
import { machine, network } from './testing/builders.ts';
import { type HostUri, parseHostUri } from './uri.ts';
import { readVolume, renderVolume } from './volume.ts';
import { parseXml, printXml, XmlError } from './xml.ts';

/** More of them in the long run. */
const numRuns = Number(process.env.VIRTFLEET_FUZZ_RUNS ?? 200);
const timeout = 30_000 + numRuns * 50;

const capabilities = `<capabilities><host><uuid>0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f</uuid><cpu><arch>x86_64</arch>
<model>Haswell</model><vendor>Intel</vendor><topology sockets="1" dies="1" cores="2" threads="1"/></cpu>
<topology><cells num="1"><cell id="0"><memory unit="KiB">16</memory><cpus num="1"><cpu id="0"/></cpus></cell></cells></topology>
</host><guest><os_type>hvm</os_type><arch name="x86_64"><wordsize>64</wordsize><emulator>/usr/bin/qemu</emulator>
<machine canonical="pc-q35-7.2" maxCpus="288">q35</machine><domain type="qemu"/><domain type="kvm"/></arch></guest></capabilities>`;
const pool = renderPool({ uuid: network().uuid, name: 'local', source: { type: 'Dir' }, targetPath: '/srv/vm' }, null);
const volume = renderVolume({
  name: 'a.qcow2',
  capacityBytes: 2 ** 31,
  format: 'qcow2',
  backing: { path: '/srv/base.qcow2', format: 'qcow2' },
});

const anyDocument = fc.oneof(
  anyMachine.map((input) => renderDomain(input, null)),
  anyNetwork.map((input) => renderNetwork(input, null)),
  fc.constantFrom(pool, volume, capabilities),
);

/** Pieces that mean something to a reader of XML, or did to some reader once. */
const piece = fc.oneof(
  fc.constantFrom(...'<>&"\'/=!?[]- \n\t\r\0'.split('')),
  fc.constantFrom(
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.1"?>',
    '<?x ?>',
    '&amp;',
    '&lt',
    '&#0;',
    '&#x41;',
    '&x;',
  ),
  fc.constantFrom(
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    'xmlns="',
    'xmlns:a="b"',
    'xml:space="preserve"',
    '<a:b/>',
    '</domain>',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '\ud800',
    '\ufffe',
    '\u2028',
    '-1',
    '1e999',
    '0x10',
    '99999999999999999999',
    'NaN',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
type Mutation = { at: number; length: number; insert: string; copyFrom: number | undefined };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 40 }),
  insert: piece,
  copyFrom: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

/** Cut, replaced and copied about at some places. */
const mutated = fc.tuple(anyDocument, fc.array(mutation, { minLength: 1, maxLength: 6 })).map(([document, mutations]) =>
  mutations.reduce((text, { at, length, insert, copyFrom }) => {
    const start = Math.floor(at * text.length);
    const from = copyFrom === undefined ? -1 : Math.floor(copyFrom * text.length);
    const put = from < 0 ? insert : text.slice(from, from + length * 4);
    return text.slice(0, start) + put + text.slice(start + length);
  }, document),
);

/** Only the value of an attribute or of a text is another: still XML, and no longer what libvirt sends. */
const retold = fc
  .tuple(anyDocument, fc.array(fc.tuple(fc.nat(), piece), { minLength: 1, maxLength: 4 }))
  .map(([document, changes]) =>
    changes.reduce((text, [n, insert]) => {
      const values = [...text.matchAll(/(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)/g)];
      const value = values[n % Math.max(1, values.length)];
      if (!value) return text;
      const put = insert.replace(/[<&"]/g, '');
      return text.slice(0, value.index) + put + text.slice(value.index + value[0].length);
    }, document),
  );

/** The value, or null when it was refused by an error that may be. */
function attempt<T>(make: () => T, ...allowed: (abstract new (...args: never[]) => Error)[]): T | null {
  try {
    return make();
  } catch (error) {
    if (allowed.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}

/** Paths of numbers that no later sum may meet. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`));
}

const readers = { readDomain, readNetwork, readPool, readVolume, readCapabilities, readDomainCapabilities };

describe('documents', { timeout }, () => {
  test.each([
    ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
    ['any pieces', fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))],
    ['documents that were cut and mixed', mutated],
    ['documents with other values', retold],
  ])('%s: a tree that is printed and read as the same, or XmlError', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const tree = attempt(() => parseXml(text), XmlError);
        if (tree === null) return;
        const printed = attempt(() => printXml(tree), XmlError);
        if (printed !== null) expect(parseXml(printed)).toEqual(tree);
      }),
      { numRuns },
    );
  });

  test.each(Object.entries(readers))('%s makes something of it, or says in our words that it cannot', (_, read) => {
    fc.assert(
      fc.property(fc.oneof(retold, mutated), (text) => {
        expect(notFinite(attempt<unknown>(() => read(text), XmlError, VirtfleetError))).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('what is compared with a document that is not as it was is compared, or refused in our words', () => {
    fc.assert(
      fc.property(anyMachine, anyNetwork, retold, (vm, net, text) => {
        attempt(() => domainChanges(vm, text, null), XmlError, VirtfleetError);
        attempt(() => renderDomain(vm, text), XmlError, VirtfleetError);
        attempt(() => networkChanges(net, text), XmlError, VirtfleetError);
        attempt(() => renderNetwork(net, text), XmlError, VirtfleetError);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  test('entities are never expanded, and cost no time', () => {
    const levels = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE domain [<!ENTITY e0 "x">${levels}]><domain>&e20;</domain>`;
    expect(() => parseXml(bomb)).toThrow(XmlError);
    const external = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(() => parseXml(external)).toThrow(/DOCTYPE/);
  });

  test('a machine with random words in it keeps them where they belong', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (title) => {
        const xml = attempt(() => renderDomain(machine({ title }), null), XmlError);
        if (xml === null) return;
        const facts = readDomain(xml);
        expect({ ...facts, title: null }).toEqual({
          ...readDomain(renderDomain(machine({ title: 'x' }), null)),
          title: null,
        });
      }),
      { numRuns },
    );
  });
});

/** Written out again from what was understood, part by part. */
function print({ hypervisor, transport, user, host, port, path, params }: HostUri): string {
  const at = host?.includes(':') ? `[${host}]` : (host ?? '');
  const authority = `${user === undefined ? '' : `${user}@`}${at}${port === undefined ? '' : `:${port}`}`;
  const query = new URLSearchParams(params as Record<string, string>).toString();
  return `${hypervisor}${transport === 'none' ? '' : `+${transport}`}://${authority}${path}${query === '' ? '' : `?${query}`}`;
}

const anyUri = fc
  .tuple(
    fc.constantFrom('qemu', 'test', 'lxc', 'esx', 'QEMU', 'http', ''),
    fc.constantFrom('', '+ssh', '+tls', '+tcp', '+unix', '+ext', '+libssh2', '+'),
    fc.oneof(
      fc.constantFrom(
        'h1',
        'h1.example.com',
        '10.0.0.1',
        '[2001:db8::1]',
        '[::ffff:10.0.0.1]',
        '',
        'localhost.',
        '-oProxyCommand=x',
      ),
      fc.domain(),
      fc.ipV4Extended(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    fc.oneof(
      fc.constantFrom('', 'root@', 'a:b@', '-l@', 'a@b@', '%72oot@'),
      fc.string({ maxLength: 6 }).map((user) => `${user}@`),
    ),
    fc.oneof(
      fc.constantFrom('', ':22', ':0', ':65536', ':'),
      fc.nat({ max: 70_000 }).map((port) => `:${port}`),
    ),
    fc.constantFrom('/system', '/session', '/default', '/', '', '/system/', '/etc/passwd', '/sys%74em', '/system;x'),
    fc.oneof(
      fc.constantFrom(
        '',
        '?socket=/run/a',
        '?mode=direct',
        '?command=/bin/sh',
        '?socket=/run/../a',
        '?socket=/a&socket=/b',
      ),
      fc.constantFrom(
        '?SOCKET=/a',
        '?no_verify=1',
        '?so%63ket=/run/x',
        '?mode=auto&x',
        '#x',
        '?',
        '?=',
        '?__proto__=1',
      ),
      fc
        .tuple(fc.constantFrom('socket', 'mode', 'netcat', 'keyfile'), fc.string({ maxLength: 10 }))
        .map(([k, v]) => `?${k}=${v}`),
    ),
  )
  .map(
    ([driver, transport, host, user, port, path, query]) =>
      `${driver}${transport}://${user}${host}${port}${path}${query}`,
  );

/** Such as people write. */
const goodUri = fc
  .tuple(
    fc.constantFrom('qemu+ssh', 'qemu+tls', 'qemu+tcp', 'test+tcp'),
    fc.oneof(fc.domain(), fc.ipV4()),
    fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
    fc.constantFrom('', '?mode=direct', '?socket=/run/libvirt/libvirt-sock'),
  )
  .map(([driver, host, port, query]) => `${driver}://${host}${port === undefined ? '' : `:${port}`}/system${query}`);

describe('URIs', { timeout }, () => {
  test('what is taken is understood the same when it is written out, and has nothing but what is allowed', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(goodUri, anyUri, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const uri = attempt(() => parseHostUri(text), VirtfleetError);
        if (uri === null) return;
        taken += 1;
        const { port: _, ...rest } = uri;
        expect(parseHostUri(print(uri))).toEqual(uri);
        expect(print(uri)).toMatch(
          /^(qemu|test|lxc|xen|vbox|bhyve|ch)(\+(unix|tcp|tls|ssh))?:\/\/[A-Za-z0-9._@:[\]-]*\/(system|session|default)(\?(socket=%2F[A-Za-z0-9._%-]+|mode=(auto|direct|legacy))(&(socket=%2F[A-Za-z0-9._%-]+|mode=(auto|direct|legacy)))?)?$/,
        );
        expect(Object.keys(rest.params).filter((key) => key !== 'socket' && key !== 'mode')).toEqual([]);
      }),
      { numRuns: numRuns * 10 },
    );
    expect(taken).toBeGreaterThan(0);
  });

  test('what is refused says why and what to do, and never repeats a password', () => {
    fc.assert(
      fc.property(anyUri, fc.stringMatching(/^[a-z]{12}$/), (text, password) => {
        const error = refusal(text.replace('://', `://root:${password}@`));
        expect(error?.mend).toMatch(/./);
        expect(error?.message).toMatch(/URI/);
        expect(`${error?.message} ${error?.mend}`).not.toContain(password);
      }),
      { numRuns },
    );
  });
});

function refusal(text: string): VirtfleetError | null {
  try {
    parseHostUri(text);
  } catch (error) {
    if (error instanceof VirtfleetError) return error;
    throw error;
  }
  return null;
}
