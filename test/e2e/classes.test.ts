/** Sizes by the name of a class, and what a namespace may have together. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type VirtualMachineQuota,
  virtualMachineClassKind,
  virtualMachineKind,
  virtualMachineQuotaKind,
} from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  condition,
  gone,
  isTrue,
  line,
  placeOf,
  prepareWorld,
  ready,
  reason,
  rig,
  small,
  sound,
  until,
} from './support/world.ts';

const classes = ['size-a', 'size-b'];

async function clear(): Promise<void> {
  await clearWorld();
  for (const name of classes) await gone(virtualMachineClassKind, name);
  await gone(virtualMachineQuotaKind, 'team');
}
beforeAll(async () => {
  await prepareWorld();
  await clear();
});
afterAll(clear);

/** A machine that says nothing of its size but what is given. */
function sized(over: object): { spec: object } {
  const { cpu: _cpu, memory: _memory, ...rest } = small().spec as { cpu: object; memory: object };
  return { spec: { ...rest, ...over } };
}
const aClass = (name: string, spec: object) => apply(virtualMachineClassKind, name, { spec });
const aQuota = (hard: object) => apply(virtualMachineQuotaKind, 'team', { spec: { hard } });

async function quota(what: string, wanted: (quota: VirtualMachineQuota) => boolean): Promise<VirtualMachineQuota> {
  return await until(virtualMachineQuotaKind, 'team', what, wanted);
}

test('a machine waits for its class, has its size, and keeps it whatever becomes of the class', async () => {
  await apply(virtualMachineKind, 'sized', sized({ className: 'size-a' }));
  const waiting = await reason('sized', 'Ready', 'ClassNotFound');
  expect(waiting.status?.message).toContain('there is no VirtualMachineClass size-a');
  expect(waiting.status?.host).toBeUndefined();

  await aClass('size-a', { cpu: { max: 2 }, memory: { size: '128Mi', max: '256Mi' } });
  const vm = await ready('sized');
  expect(vm.status?.class).toMatchObject({ name: 'size-a', cpu: { cores: 1, max: 2 }, memory: { size: '128Mi' } });
  expect(vm.status?.cpu).toMatchObject({ vcpus: 1, maxVcpus: 2 });
  await line('sized', /^cpus 1$/);
  await sound();

  await expect(aClass('size-a', { memory: { size: '192Mi' } })).rejects.toThrow('make another class');
  await gone(virtualMachineClassKind, 'size-a');
  await aClass('size-a', { cpu: { cores: 4 }, memory: { size: '512Mi' } });
  // A change of its own is carried out with the size that it has.
  await apply(virtualMachineKind, 'sized', sized({ className: 'size-a', cpu: { cores: 2, max: 2 } }));
  await line('sized', /^cpus 2$/);
  const changed = await ready('sized');
  expect(changed.status).toMatchObject({ class: vm.status?.class, cpu: { vcpus: 2 }, memory: vm.status?.memory });
  expect(condition(changed, 'RestartRequired')).toBeUndefined();
  await sound();
});

test('another class is another size, at once where it can be', async () => {
  await aClass('size-b', { cpu: { max: 2 }, memory: { size: '256Mi', max: '256Mi' } });
  const before = await ready('sized');
  await apply(virtualMachineKind, 'sized', sized({ className: 'size-b', cpu: { cores: 2, max: 2 } }));
  await line('sized', /^memory 2\d{5}$/);
  const after = await ready('sized');
  expect(after.status).toMatchObject({ class: { name: 'size-b' }, memory: { size: '256Mi' }, run: { generation: 1 } });
  expect(placeOf(after)).toEqual(placeOf(before));
  await gone(virtualMachineKind, 'sized');
});

test('a class that is kept for others is refused until it is offered, and says on which hosts its machines run', async () => {
  const size = { memory: { size: '128Mi' }, scheduling: { hostSelector: { matchLabels: { 'e2e/none': 'such' } } } };
  await gone(virtualMachineClassKind, 'size-b');
  await aClass('size-b', { ...size, allowedNamespaces: ['kings'] });
  await apply(virtualMachineKind, 'guest', sized({ className: 'size-b' }));
  const refused = await reason('guest', 'Stalled', 'ClassNotAllowed');
  expect(refused.status?.message).toContain('size-b is not offered to namespace e2e');

  await aClass('size-b', { ...size, allowedNamespaces: ['kings', 'e2e'] });
  const nowhere = await reason('guest', 'Scheduled', 'Unschedulable');
  expect(nowhere.status?.message).toContain('match the host selector');

  const qemu = { hostSelector: { matchLabels: { 'rig.virtfleet.io/kind': 'qemu' } } };
  await aClass('size-b', { memory: { size: '128Mi' }, scheduling: qemu });
  await ready('guest');
  await sound();
  await gone(virtualMachineKind, 'guest');
});

test('what would pass a quota waits and says so, and goes on when there is room', async () => {
  await aQuota({ machines: 1, cpu: 1 });
  await apply(virtualMachineKind, 'first', small());
  await ready('first');
  await apply(virtualMachineKind, 'second', small());
  const second = await reason('second', 'Ready', 'QuotaExceeded');
  expect(second.status?.message).toContain('quota team of namespace e2e allows 1 machine: it uses 1 machine already');
  expect(second.status?.host).toBeUndefined();
  const full = await quota('count the first', ({ status }) => status?.used?.machines === 1);
  expect(full.status?.used).toMatchObject({ cpu: '1', memory: '128Mi' });

  await aQuota({ machines: 2, cpu: 2 });
  await ready('second');
  await quota('count both', ({ status }) => status?.used?.machines === 2);
  await sound();
});

test('a machine does not grow past a quota, runs on as it is, and grows when the quota is raised', async () => {
  const room = { cpu: { cores: 1, max: 2 } };
  await gone(virtualMachineKind, 'second');
  await apply(virtualMachineKind, 'second', small(room));
  await ready('second');
  await apply(virtualMachineKind, 'second', small({ cpu: { cores: 2, max: 2 } }));
  const held = await reason('second', 'Ready', 'QuotaExceeded');
  expect(held.status?.message).toContain('it uses 2 vCPUs already, and this machine wants 1 vCPU more');
  expect(isTrue(held, 'Running')).toBe(true);
  expect(held.status?.cpu).toMatchObject({ vcpus: 1 });

  await aQuota({ machines: 2, cpu: 3 });
  const grown = await ready('second');
  expect(grown.status?.cpu).toMatchObject({ vcpus: 2 });
  const { host, uuid } = placeOf(grown);
  expect(await rig.virsh(host, 'dominfo', uuid)).toMatch(/CPU\(s\): +2\n/);

  await aQuota({ machines: 1, cpu: 1 });
  const above = await quota('be passed', (one) => condition(one, 'Ready')?.reason === 'AboveQuota');
  expect(condition(above, 'Ready')?.message).toContain('more cpu and machines is used than it allows');
  for (const name of ['first', 'second']) expect(isTrue(await ready(name), 'Running'), name).toBe(true);
  await sound();
});
