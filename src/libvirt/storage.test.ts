import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PoolInput, readPool, renderPool } from './pool.ts';
import { readVolume, renderVolume } from './volume.ts';
import { isXmlText } from './xml.ts';

const pool: PoolInput = {
  uuid: '33333333-3333-4333-8333-333333333333',
  name: 'local',
  source: { type: 'Dir' },
  targetPath: '/srv/vm',
};

describe('a pool', () => {
  test('is read as it was rendered', () => {
    expect(readPool(renderPool(pool, null))).toMatchObject({
      uuid: pool.uuid,
      name: 'local',
      type: 'dir',
      targetPath: '/srv/vm',
      sourceDevice: null,
    });
    const fs = renderPool({ ...pool, source: { type: 'FS', device: '/dev/sdb1' } }, null);
    expect(readPool(fs)).toMatchObject({ type: 'fs', sourceDevice: '/dev/sdb1', sourceFormat: 'auto' });
  });

  test('keeps what a hand added, and what libvirt says of it', () => {
    const current = `<pool type='dir'><name>local</name><uuid>${pool.uuid}</uuid><capacity unit='bytes'>100</capacity><allocation unit='bytes'>40</allocation><available unit='bytes'>60</available><source/><target><path>/srv/vm</path><permissions><mode>0711</mode><label>x</label></permissions></target></pool>`;
    const edited = renderPool({ ...pool, permissions: { mode: '0700' } }, current);
    expect(edited).toContain('<label>x</label>');
    expect(edited).toContain('<mode>0700</mode>');
    expect(readPool(edited)).toMatchObject({ capacityBytes: 100, allocationBytes: 40, availableBytes: 60 });
    expect(renderPool({ ...pool, permissions: { mode: '0700' } }, edited)).toBe(edited);
  });
});

describe('a volume', () => {
  test('is read as it was rendered, whatever its name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => isXmlText(text) && text.trim() === text),
        fc.nat(),
        (name, capacityBytes) => {
          const backing = { path: `/base/${name}`, format: 'raw' } as const;
          const facts = readVolume(renderVolume({ name, capacityBytes, format: 'qcow2', backing, mode: '0640' }));
          expect(facts).toEqual({
            name,
            key: null,
            path: null,
            capacityBytes,
            allocationBytes: 0,
            format: 'qcow2',
            backing,
            mode: '0640',
          });
        },
      ),
    );
  });

  test('is read as libvirt says it', () => {
    const xml = `<volume type='file'><name>a</name><key>/srv/vm/a</key><capacity unit='GiB'>1</capacity><allocation>196624</allocation><target><path>/srv/vm/a</path><format type='qcow2'/></target><backingStore><path/></backingStore></volume>`;
    expect(readVolume(xml)).toEqual({
      name: 'a',
      key: '/srv/vm/a',
      path: '/srv/vm/a',
      capacityBytes: 2 ** 30,
      allocationBytes: 196624,
      format: 'qcow2',
      backing: null,
      mode: null,
    });
  });
});
