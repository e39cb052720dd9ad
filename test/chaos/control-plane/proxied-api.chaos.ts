/** Between the operator and the API server is a proxy that makes it slow, deaf, forgetful and contradictory. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import { apply, clearWorld, client, gone, namespace, prepareWorld, ready, rig, word } from '../../e2e/support/world.ts';
import { fault } from '../fault.ts';
import { ApiProxy, type Fate } from '../support/api-proxy.ts';
import { allGone, allReady, applyAll, blank, machines, makeRoom, names } from '../support/crowd.ts';
import { operatorsWith } from '../support/operators.ts';

let takeRoomBack = async (): Promise<void> => {};
beforeAll(async () => {
  await prepareWorld();
  takeRoomBack = await makeRoom();
});
afterAll(async () => {
  await clearWorld();
  await takeRoomBack();
});

async function throughProxy(story: (proxy: ApiProxy) => Promise<void>): Promise<{ restarts: number; proxy: ApiProxy }> {
  const proxy = await ApiProxy.open(rig);
  try {
    const restarts = await operatorsWith(rig, { KUBECONFIG: proxy.kubeconfig }, async () => {
      try {
        await story(proxy);
      } finally {
        proxy.fate = () => 'Pass';
      }
    });
    return { restarts, proxy };
  } finally {
    await proxy.close();
  }
}

/** Machines are made, changed, stopped and removed. */
async function lives(prefix: string, count: number, timeoutMs = 240_000): Promise<void> {
  const all = names(prefix, count);
  await applyAll(all);
  await allReady(all, timeoutMs);
  await applyAll(all, { runStrategy: 'Halted' });
  await allReady(all, timeoutMs);
  for (const vm of await machines()) {
    if (all.includes(vm.metadata.name))
      expect(vm.status?.run?.generation, `${vm.metadata.name} was started once`).toBe(1);
  }
  await Promise.all(all.map((name) => client.delete(unrestricted, virtualMachineKind, { namespace, name })));
  await allGone(all, timeoutMs);
}

fault(
  'control plane',
  'every answer of the API server takes 2 s',
  async ({ note }) => {
    const { restarts } = await throughProxy(async (proxy) => {
      proxy.fate = ({ isWatch }) => (isWatch ? 'Pass' : { delayMs: 2_000 });
      await lives('slow', 5);
    });
    note(`${restarts} restarts of the operator`);
    expect(restarts, 'the Lease is kept over slow answers').toBe(0);
  },
  { timeoutMs: 500_000 },
);

fault(
  'control plane',
  'watches are open and say nothing: found out, listed anew',
  async ({ note }) => {
    await throughProxy(async (proxy) => {
      await apply(virtualMachineKind, 'heard', blank());
      await ready('heard');
      const deaf = Date.now();
      // What is open now is dead from here on, as behind a firewall that forgot it; what is opened anew is well.
      const opened = proxy.opened;
      proxy.fate = ({ isWatch, serial }): Fate => (isWatch && serial <= opened ? 'Swallow' : 'Pass');
      await apply(virtualMachineKind, 'unheard', blank());
      await apply(virtualMachineKind, 'heard', blank({ runStrategy: 'Halted' }));
      await ready('unheard', 240_000);
      await word('heard', 'Stopped', 60_000);
      note(`found out after ${Math.round((Date.now() - deaf) / 1000)} s`);
    });
    await gone(virtualMachineKind, 'unheard');
    await gone(virtualMachineKind, 'heard');
  },
  { timeoutMs: 400_000 },
);

fault(
  'control plane',
  'a storm of 410: every third watch and every fifth list is answered with Gone',
  async ({ note }) => {
    let asked = 0;
    const { proxy } = await throughProxy(async (it) => {
      it.fate = ({ isWatch, method, path }): Fate => {
        if (method !== 'GET' || path.includes('/leases/')) return 'Pass';
        asked += 1;
        return asked % (isWatch ? 3 : 5) === 0 ? { answer: 410, reason: 'Expired' } : 'Pass';
      };
      it.cutWatchesEvery(2_000);
      await lives('storm', 5);
    });
    note(`${proxy.counts.get('410') ?? 0} answers of 410`);
    expect(proxy.counts.get('410') ?? 0).toBeGreaterThan(5);
  },
  { timeoutMs: 500_000 },
);

fault(
  'control plane',
  'a storm of conflicts: somebody touches every object five times a second, and every fourth write is refused',
  async ({ note }) => {
    let touches = 0;
    let writes = 0;
    const { proxy } = await throughProxy(async (it) => {
      it.fate = ({ isWrite, path }): Fate => {
        if (!isWrite || path.includes('/leases') || path.includes('/events')) return 'Pass';
        writes += 1;
        return writes % 4 === 0 ? { answer: 409, reason: 'Conflict' } : 'Pass';
      };
      const ended = new AbortController();
      const touching = (async () => {
        while (!ended.signal.aborted) {
          for (const { metadata } of await machines()) {
            touches += 1;
            const patch = { metadata: { annotations: { 'e2e/touched': String(touches) } } };
            await client
              .patchByUid(
                unrestricted,
                virtualMachineKind,
                { namespace, name: metadata.name, uid: metadata.uid },
                patch,
              )
              .catch(() => {});
          }
          await delay(200);
        }
      })();
      try {
        await lives('touched', 5);
      } finally {
        ended.abort();
        await touching;
      }
    });
    note(`${touches} touches, ${proxy.counts.get('409') ?? 0} writes refused`);
  },
  { timeoutMs: 500_000 },
);
