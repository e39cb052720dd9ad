import { describe, expect, test } from 'vitest';
import { readStamp } from '../stamp.ts';
import { destinationDocument, type MoveWish, moveCall } from './migration.ts';
import { readDomain } from './read.ts';

const DOCUMENT = `<domain type='qemu' id='3'>
  <name>team-a_web</name>
  <metadata>
    <virtfleet:stamp xmlns:virtfleet="https://virtfleet.io/stamp/v1" fleet="f" namespace="team-a" name="web" uid="u" incarnation="1" specHash="sha256:1" definedHash="sha256:2"/>
    <other:note xmlns:other="urn:other">kept</other:note>
  </metadata>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/pool/web-root.qcow2' index='1'/>
      <backingStore type='file'><format type='qcow2'/><source file='/pool/debian-1.qcow2'/><backingStore/></backingStore>
      <target dev='vda' bus='virtio'/>
      <alias name='ua-root'/>
    </disk>
    <disk type='file' device='disk'>
      <source file='/shared/web-data.qcow2'/>
      <backingStore type='file'><source file='/shared/base.qcow2'/></backingStore>
      <target dev='vdb' bus='virtio'/>
      <alias name='ua-data'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><alias name='ua-empty'/></disk>
  </devices>
</domain>`;

describe('the document for the target', () => {
  const document = destinationDocument(DOCUMENT, 7, [
    { name: 'root', path: '/elsewhere/web-root.qcow2' },
    { name: 'empty', path: '/never' },
  ]);

  test('has the incarnation of there, and no hash of what libvirt there has not written yet', () => {
    expect(readStamp(document)).toEqual({
      fleet: 'f',
      namespace: 'team-a',
      name: 'web',
      uid: 'u',
      incarnation: 7,
      specHash: 'sha256:1',
    });
  });

  test('names files where they lie there, and leaves the rest as it is', () => {
    const { disks } = readDomain(document);
    expect(disks.map(({ name, path, backing }) => ({ name, path, backing }))).toEqual([
      { name: 'root', path: '/elsewhere/web-root.qcow2', backing: [] },
      { name: 'data', path: '/shared/web-data.qcow2', backing: ['/shared/base.qcow2'] },
      { name: 'empty', path: null, backing: [] },
    ]);
    expect(document).toContain('kept');
    expect(document).toContain('index="1"');
  });

  test('is refused of a machine that is not ours', () => {
    expect(() => destinationDocument('<domain><devices/></domain>', 2, [])).toThrow(/no stamp/);
  });
});

describe('how libvirt is asked to move it', () => {
  const plain: MoveWish = {
    live: '<live/>',
    persistent: '<persistent/>',
    copied: [],
    paused: false,
    sharedDisks: false,
    autoConverge: false,
    postCopy: false,
    connections: 1,
    tls: false,
  };
  const always = ['LIVE', 'PERSIST_DEST', 'UNDEFINE_SOURCE', 'CHANGE_PROTECTION'];
  const MiB = 2 ** 20;

  test.each<[string, Partial<MoveWish>, string[], object]>([
    ['nothing special', {}, [], {}],
    ['handed over paused', { paused: true }, ['PAUSED'], {}],
    ['stores that are declared shared', { sharedDisks: true }, ['UNSAFE'], {}],
    ['copied disks', { copied: ['vda', 'vdc'] }, ['NON_SHARED_INC'], { migrate_disks: ['vda', 'vdc'] }],
    ['slowed down if need be', { autoConverge: true }, ['AUTO_CONVERGE'], {}],
    ['in cipher', { tls: true }, ['TLS'], {}],
    ['post-copy', { postCopy: true }, ['POSTCOPY'], {}],
    ['several connections', { connections: 4 }, ['PARALLEL'], { 'parallel.connections': 4 }],
    [
      'one connection where disks are copied',
      { connections: 4, copied: ['vda'] },
      ['NON_SHARED_INC'],
      { migrate_disks: ['vda'] },
    ],
    ['an address', { address: '10.0.9.11' }, [], { migrate_uri: 'tcp://10.0.9.11' }],
    ['an address of version 6', { address: 'fd00::1' }, [], { migrate_uri: 'tcp://[fd00::1]' }],
    ['a limit', { bandwidthBytes: 90 * MiB }, [], { bandwidth: 90 }],
    [
      'a limit shared by memory and two disks',
      { bandwidthBytes: 90 * MiB, copied: ['vda', 'vdb'] },
      ['NON_SHARED_INC'],
      { migrate_disks: ['vda', 'vdb'], bandwidth: 30 },
    ],
    [
      'a limit too small to share',
      { bandwidthBytes: 1 * MiB, copied: ['vda'] },
      ['NON_SHARED_INC'],
      { migrate_disks: ['vda'], bandwidth: 1 },
    ],
    [
      'a limit behind it, too',
      { bandwidthBytes: 8 * MiB, postCopy: true },
      ['POSTCOPY'],
      { bandwidth: 8, 'bandwidth.postcopy': 8 },
    ],
  ])('%s', (_, wish, flags, params) => {
    const call = moveCall({ ...plain, ...wish });
    expect(call.flags).toEqual([...always, ...flags]);
    expect(call.params).toEqual({ destination_xml: '<live/>', persistent_xml: '<persistent/>', ...params });
  });
});
