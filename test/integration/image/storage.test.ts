import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { eventually } from '../jobs/eventually.ts';
import { FileServer } from './file-server.ts';
import { aQcow2, sha256 } from './images.ts';
import { StorageOperator } from './operator.ts';

const MiB = 1024 ** 2;

describe('images and volumes on real hosts', () => {
  let rig: RigClient;
  let operator: StorageOperator;
  let server: FileServer;
  let good: Buffer;
  let hostNames: string[];

  beforeAll(async () => {
    rig = rigFromEnv();
    await rig.unclaimHosts();
    hostNames = rig.hosts.filter(({ kind }) => kind !== 'test').map(({ name }) => name);
    good = await aQcow2();
    server = await FileServer.start();
    operator = await StorageOperator.start(rig);
    await eventually(
      'the hosts are in sight',
      () => hostNames.every((name) => operator.hosts.get(name)?.inSight),
      60_000,
    );
  });
  afterAll(async () => {
    await operator?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const http = (path: string, checksum = sha256(good)) => ({ url: server.url + path, checksum });

  /** What libvirt's own client sees of our names in a pool. */
  async function volumesOn(host: string, pool: string, uid: string): Promise<string[]> {
    await rig.virsh(host, 'pool-refresh', pool);
    const list = await rig.virsh(host, 'vol-list', pool);
    return list
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0] ?? '')
      .filter((name) => name.includes(uid));
  }

  async function expectNothingLeft(uid: string): Promise<void> {
    for (const host of hostNames) {
      for (const pool of ['local', 'shared'])
        expect(await volumesOn(host, pool, uid), `${pool} on ${host}`).toEqual([]);
    }
  }

  const gone = (name: string): Promise<true> =>
    eventually(`${name} is gone`, async () => (await operator.readImage(name)) === null, 30_000) as Promise<true>;

  it('fetches once for all hosts of a pool, checks, keeps it read-only, and removes it again', async () => {
    server.serve('/good', good);
    const { metadata } = await operator.image('good', { http: http('/good'), pools: ['local'] });
    const { status } = await operator.imageReason('good', 'Ready', 60_000);
    expect(status).toMatchObject({
      phase: 'Ready',
      progress: '100%',
      sizeBytes: 64 * MiB,
      digest: sha256(good),
      size: '64Mi',
    });
    expect(status?.copies?.map(({ key, phase }) => [key, phase])).toEqual(
      hostNames.map((name) => [`local/${name}`, 'Ready']),
    );
    expect(server.requests.filter((path) => path === '/good')).toHaveLength(1);
    for (const host of hostNames) {
      const [name = ''] = await volumesOn(host, 'local', metadata.uid);
      const xml = await rig.virsh(host, 'vol-dumpxml', name, 'local');
      expect(xml).toContain("<format type='qcow2'/>");
      expect(xml).toContain('<mode>0444</mode>');
      expect(xml).not.toContain('backingStore');
      const path = status?.copies?.find(({ hostName }) => hostName === host)?.path ?? '';
      expect(await rig.exec(host, ['sha256sum', path])).toContain(sha256(good).slice('sha256:'.length));
    }
    await operator.deleteImage('good');
    await gone('good');
    await expectNothingLeft(metadata.uid);
  });

  it('fetches into a shared pool once', async () => {
    server.serve('/once', good);
    const { metadata } = await operator.image('once', { http: http('/once'), pools: ['shared'] });
    const { status } = await operator.imageReason('once', 'Ready', 60_000);
    expect(status?.copies).toMatchObject([{ key: 'shared/', phase: 'Ready', path: expect.any(String) }]);
    for (const host of hostNames) expect(await volumesOn(host, 'shared', metadata.uid)).toHaveLength(1);
    await operator.deleteImage('once');
    await gone('once');
    await expectNothingLeft(metadata.uid);
  });

  it('is kept nowhere until it is needed', async () => {
    await operator.image('idle', { http: http('/nobody-asks') });
    const { status } = await operator.imageReason('idle', 'OnDemand');
    expect(status?.copies ?? []).toEqual([]);
    await operator.deleteImage('idle');
    await gone('idle');
    expect(server.requests).not.toContain('/nobody-asks');
  });

  const half = (): Buffer => good.subarray(0, good.length / 2);
  const refusals: [string, string, () => { url: string; checksum: string }, RegExp][] = [
    ['checksum', 'ChecksumMismatch', () => http('/wrong', sha256(Buffer.from('x'))), /has the checksum sha256:/],
    ['truncated', 'ImageInvalid', () => http('/half', sha256(half())), /damaged/],
    ['missing', 'SourceNotFound', () => http('/not-there'), /404/],
    ['forbidden', 'SourceForbidden', () => ({ url: 'http://10.0.0.1/x', checksum: sha256(good) }), /10\.0\.0\.1/],
    ['metadata', 'SourceForbidden', () => ({ url: 'http://169.254.169.254/x', checksum: sha256(good) }), /169\.254/],
  ];
  it.each(refusals)('refuses a %s source, says why, and leaves nothing', async (name, reason, source, message) => {
    server.serve('/wrong', good);
    server.serve('/half', half());
    const { metadata } = await operator.image(name, { http: source(), pools: ['local', 'shared'] });
    const { status } = await operator.imageReason(name, reason);
    expect(status?.phase).toBe('Failed');
    expect(status?.conditions).toContainEqual(expect.objectContaining({ type: 'Stalled', status: 'True', reason }));
    expect(status?.conditions?.find(({ type }) => type === 'Ready')?.message).toMatch(message);
    await expectNothingLeft(metadata.uid);
    await operator.deleteImage(name);
    await gone(name);
  });

  it('is cancelled by deletion in the midst of the download', async () => {
    let answer: ServerResponse | undefined;
    server.serve('/slow', (_request, response) => {
      answer = response;
      response.writeHead(200, { 'content-length': good.length });
      const timer = setInterval(() => response.write(Buffer.alloc(100)), 200);
      response.on('close', () => clearInterval(timer));
    });
    const { metadata } = await operator.image('slow', { http: http('/slow'), pools: ['local'] });
    const response = await eventually('it is being fetched', () => answer);
    const fetching = await operator.imageReason('slow', 'Fetching');
    expect(fetching.status?.copies?.length).toBe(hostNames.length);
    await eventually('its progress is told', async () => {
      const operations = (await operator.readImage('slow'))?.status?.operations ?? [];
      return operations.some(({ progressBytes = 0, phase }) => phase === 'Downloading' && progressBytes > 0);
    });
    const closed = once(response, 'close');
    await operator.deleteImage('slow');
    await closed;
    await gone('slow');
    await expectNothingLeft(metadata.uid);
  });

  it('waits for Redis, says so, and goes on when it is back', async () => {
    server.serve('/patient', good);
    await rig.component('redis', 'freeze');
    try {
      await operator.image('patient', { http: http('/patient'), pools: ['local'] });
      await operator.imageReason('patient', 'QueueUnavailable');
    } finally {
      await rig.component('redis', 'thaw');
    }
    await operator.imageReason('patient', 'Ready', 60_000);
    await operator.deleteImage('patient');
    await gone('patient');
  });

  it('survives a host that breaks off in the midst of the upload', async () => {
    const [victim = ''] = hostNames;
    const large = await aQcow2();
    server.serve('/large', large);
    const { metadata } = await operator.image('large', {
      http: { url: `${server.url}/large`, checksum: sha256(large) },
      pools: ['local'],
    });
    await eventually(
      'it is planned',
      async () => (await operator.readImage('large'))?.status?.copies?.length === hostNames.length,
    );
    await rig.fault(victim, 'kill');
    await rig.fault(victim, 'start');
    await operator.imageReason('large', 'Ready', 60_000);
    expect(await volumesOn(victim, 'local', metadata.uid)).toHaveLength(1);
    await operator.deleteImage('large');
    await gone('large');
    await expectNothingLeft(metadata.uid);
  });

  it('makes a blank volume, grows it, and removes it', async () => {
    const { metadata } = await operator.volume('blank', { size: '64Mi' });
    const { status } = await operator.volumeReason('blank', 'Ready');
    expect(status).toMatchObject({
      phase: 'Ready',
      capacityBytes: 64 * MiB,
      capacity: '64Mi',
      reclaimPolicy: 'Delete',
    });
    await rig.kubectl.run(
      'patch',
      'vfvol',
      'blank',
      '-n',
      operator.namespace,
      '--type=merge',
      '-p',
      '{"spec":{"size":"96Mi"}}',
    );
    await eventually(
      'it has grown',
      async () => (await operator.readVolume('blank'))?.status?.capacityBytes === 96 * MiB,
    );
    await operator.deleteVolume('blank');
    await eventually('it is gone', async () => (await operator.readVolume('blank')) === null);
    await expectNothingLeft(metadata.uid);
  });

  it('keeps the file of a volume that is to be retained', async () => {
    await operator.volume('kept', { size: '1Mi', reclaimPolicy: 'Retain' });
    const { status, metadata } = await operator.volumeReason('kept', 'Ready');
    await operator.deleteVolume('kept');
    await eventually('it is gone', async () => (await operator.readVolume('kept')) === null);
    const [host = ''] = hostNames;
    expect(await volumesOn(host, 'shared', metadata.uid)).toEqual([status?.volumeName]);
    await rig.virsh(host, 'vol-delete', status?.volumeName ?? '', 'shared');
  });

  it('waits for a machine where each host has a pool of its own', async () => {
    await operator.volume('waiting', { poolName: 'local', size: '1Mi' });
    await operator.volumeReason('waiting', 'WaitForConsumer');
    await operator.deleteVolume('waiting');
    await eventually('it is gone', async () => (await operator.readVolume('waiting')) === null);
  });

  it('a volume stands on an image, which cannot go before it; and an image is taken from the volume', async () => {
    server.serve('/base', good);
    await operator.image('base', { http: http('/base') });
    await operator.volume('overlay', { imageName: 'base', size: '128Mi' });
    const { status } = await operator.volumeReason('overlay', 'Ready', 60_000);
    expect(status?.base).toMatchObject({ imageName: 'base', path: expect.any(String) });
    const [host = ''] = hostNames;
    const xml = await rig.virsh(host, 'vol-dumpxml', status?.volumeName ?? '', 'shared');
    expect(xml).toContain(`<path>${status?.base?.path}</path>`);

    const taken = await operator.image('taken', { volumeName: 'overlay' });
    const image = await operator.imageReason('taken', 'Ready', 60_000);
    expect(image.status).toMatchObject({ sizeBytes: 128 * MiB, copies: [{ key: 'shared/' }] });
    const [name = ''] = await volumesOn(host, 'shared', taken.metadata.uid);
    expect(await rig.virsh(host, 'vol-dumpxml', name, 'shared')).not.toContain('backingStore');

    await operator.deleteImage('base');
    const blocked = await operator.imageReason('base', 'InUse');
    expect(blocked.status?.conditions?.find(({ type }) => type === 'Ready')?.message).toContain('overlay');
    await operator.deleteVolume('overlay');
    await gone('base');
    expect((await operator.readImage('taken'))?.status?.phase).toBe('Ready');
    await operator.deleteImage('taken');
    await gone('taken');
    await expectNothingLeft(taken.metadata.uid);
  });

  it('never touches a file of its name that it did not record', async () => {
    server.serve('/guarded', good);
    await rig.component('redis', 'freeze');
    let file = '';
    try {
      await operator.image('guarded', { http: http('/guarded'), pools: ['shared'] });
      const planned = await operator.imageReason('guarded', 'QueueUnavailable');
      const name = planned.status?.copies?.[0]?.volumeName ?? '';
      const [host = ''] = hostNames;
      await rig.virsh(host, 'vol-create-as', 'shared', name, '1M', '--format', 'raw');
      file = (await rig.virsh(host, 'vol-path', name, '--pool', 'shared')).trim();
    } finally {
      await rig.component('redis', 'thaw');
    }
    const { status } = await operator.imageReason('guarded', 'Ready', 60_000);
    expect(status?.copies).toMatchObject([{ attempt: 2, phase: 'Ready' }]);
    const [host = ''] = hostNames;
    expect((await rig.exec(host, ['stat', '-c', '%s', file])).trim()).toBe(String(MiB));
    await operator.deleteImage('guarded');
    await gone('guarded');
    await rig.exec(host, ['rm', file]);
    expect(existsSync(file)).toBe(false);
  });

  /** A volume that is to stand on it finds out that its file is gone. */
  async function takeAway(image: string, host: string, file: string, consumer: string): Promise<void> {
    await rig.exec(host, ['mv', file, `${file}.away`]);
    await operator.volume(consumer, { imageName: image, size: '128Mi' });
    await eventually(`${image} is to be fetched again`, async () => {
      const [copy] = (await operator.readImage(image))?.status?.copies ?? [];
      return copy?.attempt === 2;
    });
  }

  it('a copy that is brought back while it is to be fetched again is compared, and taken as it is', async () => {
    server.serve('/back', good);
    const [host = ''] = hostNames;
    await operator.image('back', { http: http('/back'), pools: ['shared'] });
    const { status } = await operator.imageReason('back', 'Ready', 60_000);
    const file = status?.copies?.[0]?.path ?? '';
    const inode = (await rig.exec(host, ['stat', '-c', '%i', file])).trim();
    await rig.component('redis', 'freeze');
    try {
      await takeAway('back', host, file, 'on-back');
      await rig.exec(host, ['mv', `${file}.away`, file]);
    } finally {
      await rig.component('redis', 'thaw');
    }
    await operator.volumeReason('on-back', 'Ready', 60_000);
    expect(await operator.readImage('back')).toMatchObject({ status: { copies: [{ phase: 'Ready', path: file }] } });
    expect((await rig.exec(host, ['stat', '-c', '%i', file])).trim(), 'the very file').toBe(inode);
    expect(
      server.requests.filter((path) => path === '/back'),
      'fetched once',
    ).toHaveLength(1);
    await operator.deleteVolume('on-back');
    await operator.deleteImage('back');
    await gone('back');
  });

  it('a file under the name of a copy that disks stand on, and is not the image, is left alone', async () => {
    server.serve('/other', good);
    const [host = ''] = hostNames;
    const { metadata } = await operator.image('other', { http: http('/other'), pools: ['shared'] });
    const { status } = await operator.imageReason('other', 'Ready', 60_000);
    const file = status?.copies?.[0]?.path ?? '';
    await rig.component('redis', 'freeze');
    try {
      await takeAway('other', host, file, 'on-other');
      await rig.exec(host, ['sh', '-c', `head -c ${MiB} /dev/zero > ${file}`]);
    } finally {
      await rig.component('redis', 'thaw');
    }
    const told = await operator.imageReason('other', 'VolumeExists', 60_000);
    expect(told.status?.copies?.[0]?.message).toMatch(/left alone.*checksum/);
    expect((await rig.exec(host, ['stat', '-c', '%s', file])).trim()).toBe(String(MiB));
    await rig.exec(host, ['rm', file, `${file}.away`]);
    await operator.volumeReason('on-other', 'Ready', 90_000);
    expect(await rig.exec(host, ['sha256sum', file])).toContain(sha256(good).slice('sha256:'.length));
    await operator.deleteVolume('on-other');
    await operator.deleteImage('other');
    await gone('other');
    await expectNothingLeft(metadata.uid);
  });
});
