/** An act of the demo: a host is emptied while a guest on it is asked again and again. */
import type { RigClient } from '../client.ts';
import { show } from './print.ts';

const PAUSE_MS = 50;

interface Placed {
  status: { host: { name: string }; interfaces: { addresses: { address: string }[] }[] };
}

/** Drains the host of a machine, prints how its moves went and for how long the guest was silent, and opens it again. */
export async function showDrain(rig: RigClient, vm: string): Promise<void> {
  const kubectl = (...args: string[]) => rig.kubectl.run(...args);
  const { status } = await rig.kubectl.get<Placed>('vm', vm);
  const host = status.host.name;
  const guest = new Listener(rig, status.interfaces[0]?.addresses[0]?.address ?? '');
  const maintain = (maintenance: object) =>
    kubectl('patch', 'vfhost', host, '--type=merge', '-p', JSON.stringify({ spec: { maintenance } }));
  try {
    await guest.listenFor(2_000);
    show(`kubectl patch vfhost ${host} …`, await maintain({ mode: 'Drain', reason: 'new memory' }));
    await guest.listenUntil(kubectl('wait', '--for=condition=Drained', '--timeout=300s', `vfhost/${host}`));
    show('kubectl get vmmig', await kubectl('get', 'vmmig'));
    show('kubectl get vfhost', await kubectl('get', 'vfhost'));
    await guest.listenFor(2_000);
  } finally {
    await maintain({ mode: 'None' });
  }
  const after = (await rig.kubectl.get<Placed>('vm', vm)).status.host.name;
  if (after === host) throw new Error(`${host} is drained, and ${vm} is still there`);
  show(
    `${vm}, asked ${guest.answers} times on its way from ${host} to ${after}`,
    `its longest silence was ${Math.round(guest.longestSilenceMs)} ms`,
  );
}

/** Asks a guest by HTTP, wherever it is: a NAT network is a segment of its own on each host. */
class Listener {
  answers = 0;
  longestSilenceMs = 0;
  readonly #rig: RigClient;
  readonly #url: string;
  #heardAt: number | null = null;

  constructor(rig: RigClient, address: string) {
    this.#rig = rig;
    this.#url = `http://${address}/`;
  }

  async listenFor(ms: number): Promise<void> {
    await this.listenUntil(new Promise((resolve) => setTimeout(resolve, ms)));
  }

  async listenUntil(end: Promise<unknown>): Promise<void> {
    let isOver = false;
    const ended = end.finally(() => {
      isOver = true;
    });
    const asked = this.#rig.hosts.map(async ({ name }) => {
      while (!isOver) await this.#ask(name);
    });
    await Promise.all([ended, ...asked]);
  }

  async #ask(host: string): Promise<void> {
    const isAnswered = await this.#rig.httpFromHost(host, this.#url, 1).then(
      () => true,
      () => false,
    );
    const now = performance.now();
    if (isAnswered) {
      this.answers += 1;
      if (this.#heardAt !== null) this.longestSilenceMs = Math.max(this.longestSilenceMs, now - this.#heardAt);
      this.#heardAt = now;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
