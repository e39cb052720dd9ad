/** The checker on a real rig: what is broken by hand, with nobody there to mend it, is told; mended, all is well again. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FINALIZER, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import { apply, client, get, namespace, placeOf, ready, rig, small, sound } from '../../e2e/support/world.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { collect, judge } from './index.ts';
import type { Rule } from './invariants.ts';

const operator = aloneInTheWorld();
const name = 'victim';
const stray = { mac: '02:00:00:00:00:99', ip: '10.77.0.199' };
let redis: Redis;
let place: { host: string; other: string; uuid: string; disk: string };

beforeAll(async () => {
  await apply(virtualMachineKind, name, small());
  const vm = await ready(name);
  const { host, uuid } = placeOf(vm);
  await sound();
  // What is broken is to stay broken.
  await operator.stop();
  const other = rig.hosts.find((candidate) => candidate.name !== host)?.name ?? '';
  const file = vm.status?.volumes?.find(({ role }) => role === 'Disk')?.volumeName;
  place = { host, other, uuid, disk: `/srv/virtfleet/local/${file}` };
  redis = new Redis(rig.redisUrl);
});
afterAll(async () => {
  await redis?.quit();
  await operator.start();
});

const define = (host: string, what: 'define' | 'net-define', xml: string): Promise<string> =>
  rig.exec(host, ['sh', '-c', 'printf %s "$2" | virsh --quiet "$1" /dev/stdin', 'sh', what, xml]);
const reserve = (verb: 'add' | 'delete'): Promise<string> =>
  rig.virsh(
    place.host,
    'net-update',
    `${namespace}_lab`,
    verb,
    'ip-dhcp-host',
    `<host mac='${stray.mac}' ip='${stray.ip}'/>`,
    '--live',
    '--config',
  );
async function setFinalizers(finalizers: string[]): Promise<void> {
  const vm = await get(virtualMachineKind, name);
  if (vm) await client.patchFenced(unrestricted, virtualMachineKind, vm, { metadata: { finalizers } });
}
let claim = '';
const job = 'virtfleet:ImageFetch:gone-ImageFetch-x-1';

/** The last one leaves its trace in QEMU's log, which nothing takes back. */
const broken: [what: string, rules: Rule[], breakIt: () => Promise<unknown>, mend?: () => Promise<unknown>][] = [
  [
    'a copy is defined on another host',
    ['DomainTwice', 'DomainElsewhere'],
    async () => define(place.other, 'define', await rig.virsh(place.host, 'dumpxml', '--inactive', place.uuid)),
    () => rig.virsh(place.other, 'undefine', place.uuid),
  ],
  [
    'the file of a disk is taken away',
    ['VolumeMissing', 'VolumeWithoutOwner'],
    () => rig.exec(place.host, ['mv', place.disk, `${place.disk}.away`]),
    () => rig.exec(place.host, ['mv', `${place.disk}.away`, place.disk]),
  ],
  ['an address is reserved for nobody', ['ReservationWithoutOwner'], () => reserve('add'), () => reserve('delete')],
  [
    'a host loses its claim',
    ['ClaimMissing'],
    async () => {
      claim = await rig.virsh(place.other, 'net-dumpxml', 'virtfleet-claim');
      await rig.virsh(place.other, 'net-undefine', 'virtfleet-claim');
    },
    () => define(place.other, 'net-define', claim),
  ],
  ['the finalizer is taken away', ['FinalizerMissing'], () => setFinalizers([]), () => setFinalizers([FINALIZER])],
  [
    'a job is left without its object, and a lock without its job',
    ['JobWithoutOwner', 'JobKeyLeft'],
    () =>
      Promise.all([
        redis.hset(job, 'data', JSON.stringify({ object: { kind: 'VirtualMachineImage', name: 'x', uid: 'gone' } })),
        redis.set('virtfleet:ImageFetch:other-ImageFetch-y-1:lock', '1'),
      ]),
    () => redis.del(job, 'virtfleet:ImageFetch:other-ImageFetch-y-1:lock'),
  ],
  ['the machine is turned off', ['StatusUntrue'], () => rig.virsh(place.host, 'destroy', place.uuid)],
  ['it is started a second time', ['StartedTwice'], () => rig.virsh(place.host, 'start', place.uuid)],
];

async function told(): Promise<Rule[]> {
  return [...new Set(judge(await collect(rig, client)).map(({ rule }) => rule))];
}

test.each(broken)('checker: %s', async (_, rules, breakIt, mend) => {
  await breakIt();
  try {
    expect((await told()).toSorted()).toEqual(rules.toSorted());
  } finally {
    await mend?.();
  }
  if (mend) expect(await told()).toEqual([]);
});
