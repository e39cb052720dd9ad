/** 50 machines made, changed and removed at once, and something fails in the midst of each. */
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect } from 'vitest';
import { clearWorld, client, namespace, prepareWorld, rig } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { apiServes, withoutApi } from '../support/control-plane.ts';
import {
  allGone,
  allReady,
  applyAll,
  domainsByName,
  machines,
  makeRoom,
  names,
  removeAll,
  runningOf,
} from '../support/crowd.ts';
import { keptRunning, untilLed } from '../support/operators.ts';

const FIFTY = 50;
const crowd = names('crowd', FIFTY);

let takeRoomBack = async (): Promise<void> => {};
beforeAll(async () => {
  await prepareWorld();
  takeRoomBack = await makeRoom();
});
afterAll(async () => {
  await removeAll(crowd);
  await allGone(crowd);
  await clearWorld();
  await takeRoomBack();
});

/** What may befall the crowd, and is over when the promise resolves. */
type Blow = () => Promise<void>;

const frozenHost: Blow = async () => {
  await rig.fault('h2', 'freeze');
  try {
    await delay(20_000);
  } finally {
    await rig.fault('h2', 'thaw');
  }
};
const killedOperator: Blow = async () => {
  await rig.component('operator', 'kill');
  await untilLed(rig, 120_000); // it is started again by whoever keeps it running
};
const flushedRedis: Blow = async () => {
  const redis = new Redis(rig.redisUrl);
  await redis.flushall();
  redis.disconnect();
};
const restartedApi: Blow = () => withoutApi(rig, client, async () => delay(3_000));
const killedLibvirtd: Blow = async () => {
  await rig.fault('h1', 'kill');
  await delay(5_000);
  await rig.fault('h1', 'start');
};

async function inTheMidst(under: () => Promise<boolean>, blow: Blow): Promise<void> {
  await waitFor('the crowd to be half way', under, { timeoutMs: 240_000, intervalMs: 50 });
  await blow();
  await apiServes(client);
}

const TIMES = { timeoutMs: 590_000, settleMs: 120_000 };

async function makeFifty(blow: Blow): Promise<void> {
  await keptRunning(rig, async () => {
    await applyAll(crowd);
    await inTheMidst(async () => (await runningOf(crowd)) >= 8, blow);
    const made = await allReady(crowd, 480_000);
    expect(made.map((vm) => vm.status?.run?.generation)).toEqual(crowd.map(() => 1));
    expect(new Set(made.map((vm) => vm.status?.interfaces?.[0]?.addresses?.[0]?.address)).size).toBe(FIFTY);
  });
  const domains = await domainsByName();
  for (const name of crowd) expect(domains.get(`${namespace}/${name}`), name).toHaveLength(1);
}

async function changeFifty(blow: Blow, memory: string): Promise<void> {
  const before = new Map((await machines()).map((vm) => [vm.metadata.name, vm.status?.host?.name]));
  await keptRunning(rig, async () => {
    await applyAll(crowd, { memory: { size: memory } });
    await inTheMidst(
      async () => (await machines()).filter((vm) => vm.status?.pendingChanges !== undefined).length >= 5,
      blow,
    );
    const changed = await allReady(crowd, 480_000);
    for (const vm of changed) {
      expect(vm.status?.host?.name, `${vm.metadata.name} stays where it is`).toBe(before.get(vm.metadata.name));
      expect(vm.status?.run?.generation, `${vm.metadata.name} was not started again`).toBe(1);
      expect(vm.status?.pendingChanges?.map(({ field }) => field)).toContain('memory');
    }
  });
}

async function removeFifty(blow: Blow): Promise<void> {
  await keptRunning(rig, async () => {
    await removeAll(crowd);
    await inTheMidst(async () => (await machines()).length < FIFTY - 5, blow);
    await allGone(crowd, 480_000);
  });
  expect([...(await domainsByName()).keys()]).toEqual([]);
}

fault('load', '50 creates, the operator killed in their midst', () => makeFifty(killedOperator), TIMES);
fault('load', '50 changes, a host frozen in their midst', () => changeFifty(frozenHost, '72Mi'), TIMES);
fault('load', '50 deletes, the API server restarted in their midst', () => removeFifty(restartedApi), TIMES);
fault(
  'load',
  '50 creates, libvirtd of a host killed and Redis flushed in their midst',
  () =>
    makeFifty(async () => {
      await flushedRedis();
      await killedLibvirtd();
    }),
  TIMES,
);
fault('load', '50 changes, the operator killed in their midst', () => changeFifty(killedOperator, '80Mi'), TIMES);
fault('load', '50 deletes, a host frozen in their midst', () => removeFifty(frozenHost), TIMES);
