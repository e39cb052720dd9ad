import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { UpOptions } from '../args.ts';
import { RigClient } from '../client.ts';
import { buildImage } from '../images.ts';
import { imageObject } from '../objects.ts';
import { rigDir } from '../paths.ts';
import { readState } from '../state.ts';
import { bringUp } from '../up.ts';
import { waitFor } from '../wait.ts';
import { showDrain } from './drain.ts';
import { showLeftovers } from './leftovers.ts';
import { machine, machineNames, network, resizeRoot } from './manifests.ts';
import { farewell, show, step } from './print.ts';

/** The road from kubectl apply to running machines, walked before the person's eyes; the rig stays up to play with. */
export async function runDemo(name: string, options: UpOptions, env: NodeJS.ProcessEnv): Promise<void> {
  if (readState(rigDir(name))?.phase === 'up') step(`The rig "${name}" is up already: going on with it`);
  else {
    step('Bringing up three libvirt hosts, a Kubernetes API, Redis and the operator');
    await bringUp(name, options, env);
  }
  const rig = new RigClient(name);
  const kubectl = (...args: string[]) => rig.kubectl.run(...args);
  show('kubectl get vfhost,vfpool', await kubectl('get', 'vfhost,vfpool'));
  await clearAway(kubectl);

  const files = await writeManifests(rig);
  const [image = '', ...others] = files;
  step('Applying an image: it is fetched over HTTP, checked, and copied to the pool of every host');
  show(`kubectl apply -f ${image}`, await kubectl('apply', '-f', image));
  await kubectl('wait', '--for=condition=Ready', '--timeout=120s', 'vfimg/tiny');
  show('kubectl get vfimg', await kubectl('get', 'vfimg'));

  step('Applying a network and four machines');
  for (const file of others) show(`kubectl apply -f ${file}`, await kubectl('apply', '-f', file));
  await kubectl('wait', '--for=condition=Ready', '--timeout=180s', 'vm', '-l', 'app=web');
  show('kubectl get vm', await kubectl('get', 'vm'));
  const machines = await readMachines(rig);
  const hosts = new Set(machines.map(({ host }) => host));
  if (hosts.size < 2) throw new Error(`all machines are on ${[...hosts].join()}: they should be spread`);

  step('Asking each over HTTP, and reading what it printed on its console');
  for (const { name: vm, host, address } of machines) {
    const answer = await waitFor(`${vm} to answer on ${address}`, () => rig.httpFromHost(host, `http://${address}/`), {
      timeoutMs: 120_000,
      intervalMs: 500,
    });
    const line = /^ready .*$/m.exec(await rig.console('default', vm))?.[0];
    if (line === undefined) throw new Error(`${vm} has printed no line "ready …": test/rig/rig console default/${vm}`);
    show(`${vm} on ${host}, http://${address}/`, `${answer}console: ${line}`);
  }

  step('Stopping web-2 and starting it again');
  await kubectl('patch', 'vm', 'web-2', '--type=merge', '-p', '{"spec":{"runStrategy":"Halted"}}');
  await kubectl('wait', '--for=jsonpath={.status.printableStatus}=Stopped', '--timeout=90s', 'vm/web-2');
  show('kubectl get vm web-2', await kubectl('get', 'vm', 'web-2'));
  await kubectl('patch', 'vm', 'web-2', '--type=merge', '-p', '{"spec":{"runStrategy":"Always"}}');
  await kubectl('wait', '--for=jsonpath={.status.printableStatus}=Running', '--timeout=90s', 'vm/web-2');
  await waitForLine(rig, 'web-2', /^boots 2\r?$/m);
  show('web-2 has booted from the same disk', await kubectl('get', 'vm', 'web-2'));

  step('Giving web-3, while it runs, a bigger disk');
  await kubectl('patch', 'vm', 'web-3', '--type=json', '-p', resizeRoot('256Mi'));
  show('console of web-3', await waitForLine(rig, 'web-3', /^disk vda 268435456\r?$/m));

  step('Emptying the host of web-1, whose guest is asked all the while');
  await showDrain(rig, 'web-1');

  step('Deleting web-4');
  await showLeftovers(rig, 'web-4');

  show('kubectl get vm -o wide', await kubectl('get', 'vm', '-o', 'wide'));
  farewell(name, files);
}

/** What an earlier demo on the same rig left to play with. */
async function clearAway(kubectl: (...args: string[]) => Promise<string>): Promise<void> {
  const rest = ['--ignore-not-found', '--wait', '--timeout=120s'];
  await kubectl('delete', 'vm', ...machineNames, ...rest);
  await kubectl('delete', 'vfimg/tiny', 'vfnet/lab', ...rest);
}

async function writeManifests(rig: RigClient): Promise<string[]> {
  const dir = join(rig.dir, 'demo');
  mkdirSync(dir, { recursive: true });
  const image = imageObject('tiny', await buildImage('tiny'), rig.imageServer.http, ['local']);
  const contents: [string, object[]][] = [
    ['image.yaml', [image]],
    ['network.yaml', [network()]],
    ['machines.yaml', machineNames.map(machine)],
  ];
  return contents.map(([file, objects]) => {
    const path = join(dir, file);
    writeFileSync(path, objects.map((object) => stringify(object)).join('---\n'));
    return path;
  });
}

interface MachineStatus {
  metadata: { name: string };
  status: { host: { name: string }; interfaces: { addresses: { address: string }[] }[] };
}

async function readMachines(rig: RigClient): Promise<{ name: string; host: string; address: string }[]> {
  const { items } = await rig.kubectl.get<{ items: MachineStatus[] }>('vm', '-l', 'app=web');
  return items.map(({ metadata, status }) => {
    const address = status.interfaces[0]?.addresses[0]?.address;
    if (!address) throw new Error(`${metadata.name} has no address: kubectl describe vm ${metadata.name}`);
    return { name: metadata.name, host: status.host.name, address };
  });
}

async function waitForLine(rig: RigClient, vm: string, pattern: RegExp): Promise<string> {
  const line = await waitFor(
    `${vm} to print ${pattern.source}`,
    async () => pattern.exec(await rig.console('default', vm))?.[0] ?? null,
    { timeoutMs: 120_000, intervalMs: 500 },
  );
  return line ?? '';
}
