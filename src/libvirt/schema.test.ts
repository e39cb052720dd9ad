/** Everything that we render is valid under libvirt's own schemas (package libvirt0/libvirt-daemon-system: *.rng). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderClaim } from './claim.ts';
import { renderDomain } from './domain.ts';
import { renderNetwork } from './network.ts';
import { renderPool } from './pool.ts';
import { anyMachine, anyNetwork } from './testing/arbitrary.ts';
import { machine, network } from './testing/builders.ts';
import { renderVolume } from './volume.ts';

const SCHEMAS = ['/usr/share/libvirt/schemas', '/usr/local/share/libvirt/schemas'].find((dir) =>
  existsSync(join(dir, 'domain.rng')),
);

class Schema {
  readonly #schema: XmlDocument;
  readonly #validator: RelaxNGValidator;

  constructor(name: string) {
    const path = join(SCHEMAS ?? '', name);
    this.#schema = XmlDocument.fromBuffer(readFileSync(path), { url: path });
    this.#validator = RelaxNGValidator.fromDoc(this.#schema);
  }

  /** The schema's own words, or nothing. */
  complaint(xml: string): string | null {
    const document = XmlDocument.fromString(xml);
    try {
      this.#validator.validate(document);
      return null;
    } catch (error) {
      return `${error instanceof Error ? error.message : String(error)}\n${xml}`;
    } finally {
      document.dispose();
    }
  }

  dispose(): void {
    this.#validator.dispose();
    this.#schema.dispose();
  }
}

describe.skipIf(!SCHEMAS)("under libvirt's schemas (skipped where libvirt's *.rng files are not installed)", () => {
  const schemas = new Map<string, Schema>();
  const complaint = (schema: string, xml: string): string | null => schemas.get(schema)?.complaint(xml) ?? null;
  beforeAll(() => {
    xmlRegisterFsInputProviders();
    for (const name of ['domain.rng', 'network.rng', 'storagepool.rng', 'storagevol.rng'])
      schemas.set(name, new Schema(name));
  });
  afterAll(() => {
    for (const schema of schemas.values()) schema.dispose();
  });

  test('a wrong document is complained about', () => {
    expect(schemas.get('domain.rng')?.complaint('<domain type="qemu"><nonsense/></domain>')).toMatch(/./);
  });

  test('every first domain is valid', () => {
    fc.assert(
      fc.property(anyMachine, (input) => {
        expect(complaint('domain.rng', renderDomain(input, null))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('every edited domain is valid', () => {
    fc.assert(
      fc.property(anyMachine, anyMachine, (before, after) => {
        expect(complaint('domain.rng', renderDomain(after, renderDomain(before, null)))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('a domain of the test driver is valid', () => {
    expect(complaint('domain.rng', renderDomain(machine({ domainType: 'test' }), null))).toBeNull();
  });

  test('every network is valid, first and edited', () => {
    fc.assert(
      fc.property(anyNetwork, anyNetwork, (before, after) => {
        const first = renderNetwork(before, null);
        expect(complaint('network.rng', first)).toBeNull();
        expect(complaint('network.rng', renderNetwork(after, first))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('a claim is valid', () => {
    expect(complaint('network.rng', renderClaim('b7c1f3a0-6b1c-4d0e-9a3e-2f1f6f0a9b11'))).toBeNull();
  });

  test('pools are valid', () => {
    const pool = {
      uuid: network().uuid,
      name: 'local',
      targetPath: '/srv/vm',
      permissions: { mode: '0711', owner: 0, group: 0 },
    };
    expect(complaint('storagepool.rng', renderPool({ ...pool, source: { type: 'Dir' } }, null))).toBeNull();
    const fs = renderPool({ ...pool, source: { type: 'FS', device: '/dev/sdb1', format: 'ext4' } }, null);
    expect(complaint('storagepool.rng', fs)).toBeNull();
  });

  test('volumes are valid', () => {
    const volume = { name: 'web-root-uid-1.qcow2', capacityBytes: 2 ** 31, format: 'qcow2' } as const;
    expect(complaint('storagevol.rng', renderVolume(volume))).toBeNull();
    const overlay = renderVolume({
      ...volume,
      backing: { path: '/srv/vm/base.qcow2', format: 'qcow2' },
      owner: 64055,
      group: 108,
    });
    expect(complaint('storagevol.rng', overlay)).toBeNull();
  });
});
