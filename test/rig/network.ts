import { run, tryRun } from './command.ts';
import type { Plan } from './plan.ts';

const ip = (...args: string[]) => run('ip', args);

/** A card's hardware address outlives the power: others hold it in their ARP tables, and look for it there for half a minute. */
function hardwareAddress(address: string): string {
  const bytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return ['02', 'fe', ...bytes].join(':');
}

/** The rig's own network: a bridge with this machine on it. Nothing is routed or translated beyond it. */
export async function createBridge(plan: Plan): Promise<void> {
  // an address of its own: else a bridge takes the lowest of its ports, and another one when that port goes
  await ip('link', 'add', plan.bridge, 'address', hardwareAddress(plan.address), 'type', 'bridge');
  await ip('address', 'add', `${plan.address}/16`, 'dev', plan.bridge);
  await ip('link', 'set', plan.bridge, 'up');
}

export interface Port {
  namespace: string;
  /** the end of the cable in the bridge */
  link: string;
  address: string;
}

/** A network namespace with one cable to the rig's bridge. */
export async function plugIn(plan: Plan, port: Port): Promise<void> {
  await ip('netns', 'add', port.namespace);
  const card = ['name', 'eth0', 'address', hardwareAddress(port.address), 'netns', port.namespace];
  await ip('link', 'add', port.link, 'type', 'veth', 'peer', ...card);
  await ip('link', 'set', port.link, 'master', plan.bridge, 'up');
  await ip('-n', port.namespace, 'address', 'add', `${port.address}/16`, 'dev', 'eth0');
  await ip('-n', port.namespace, 'link', 'set', 'lo', 'up');
  await ip('-n', port.namespace, 'link', 'set', 'eth0', 'up');
}

/** Removes the namespace with all that is in it: bridges, taps, firewall rules. Its cable goes with it. */
export async function unplug(port: Port): Promise<void> {
  await tryRun('ip', ['link', 'delete', port.link]);
  await tryRun('ip', ['netns', 'delete', port.namespace]);
}

/** Pulls or plugs the cable: to the others the host is a black hole, and its connections hang. */
export async function setCable(port: Port, connected: boolean): Promise<void> {
  await ip('link', 'set', port.link, connected ? 'up' : 'down');
}

export async function isCableConnected(port: Port): Promise<boolean> {
  const { code, stdout } = await tryRun('ip', ['-json', 'link', 'show', port.link]);
  if (code !== 0) return false;
  const [link] = JSON.parse(stdout) as { flags: string[] }[];
  return link?.flags.includes('UP') ?? false;
}
