import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type Invocation, parseCommand, UsageError, usage } from './args.ts';
import { RigClient } from './client.ts';
import { runDemo } from './demo/demo.ts';
import { rigEnvironment, toExports } from './environment.ts';
import { buildImage, publishImage } from './images.ts';
import { interruption } from './interruption.ts';
import { ensureSuite } from './libvirts.ts';
import { lockRig } from './lock.ts';
import { imageObject } from './objects.ts';
import { libvirtsDir, rigDir, sharedDir } from './paths.ts';
import { say } from './say.ts';
import { type RigState, readState } from './state.ts';
import { formatStatus, rigStatus } from './status.ts';
import { sweepAbandoned, sweepRig } from './sweep.ts';
import { bringUp } from './up.ts';

async function main({ rig, command }: Invocation): Promise<number> {
  const dir = rigDir(rig);
  switch (command.verb) {
    case 'help':
      console.log(usage);
      return 0;
    case 'up':
      return await exclusively(rig, () => bringUp(rig, command, process.env));
    case 'demo':
      return await exclusively(rig, () => runDemo(rig, command, process.env));
    case 'down':
      return await exclusively(rig, async () => {
        if (!existsSync(dir)) say(`there is no rig "${rig}"; looking for what may be left of it`);
        await sweepRig(dir);
        for (const name of await sweepAbandoned(sharedDir)) say(`removed rig "${name}" of a test run that was killed`);
        say(`rig "${rig}" is down: nothing of it runs, is mounted or bridged`);
      });
    case 'env':
      console.log(toExports(rigEnvironment(dir, need(rig), process.env.PATH ?? '')));
      return 0;
    case 'status': {
      const status = await rigStatus(new RigClient(rig));
      console.log(command.json ? JSON.stringify(status, null, 2) : formatStatus(status));
      return 0;
    }
    case 'check':
      return await checkInvariants(new RigClient(rig), command);
    case 'exec':
      return await execInHost(new RigClient(rig), command.host, command.argv);
    case 'fault':
      await new RigClient(rig).fault(command.host, command.action, command.daemon);
      return 0;
    case 'suite':
      console.log(await suiteRoot(command.suite));
      return 0;
    case 'upgrade':
      await new RigClient(rig).upgrade(command.host, command.suite);
      return 0;
    case 'component':
      await new RigClient(rig).component(command.component, command.action, command.replica);
      return 0;
    case 'console':
      process.stdout.write(await new RigClient(rig).console(command.namespace, command.machine));
      return 0;
    case 'image': {
      const client = new RigClient(rig);
      const built = await buildImage(command.image);
      publishImage(dir, command.image, built);
      const { http, https } = client.imageServer;
      process.stdout.write(stringify(imageObject(command.image, built, command.https ? https : http)));
      return 0;
    }
  }
}

async function suiteRoot(suite: string): Promise<string> {
  const root = await ensureSuite(suite);
  return root === null ? '/' : join(libvirtsDir, root);
}

/** Exit code 1 when something is broken. The checker needs the binding: it is loaded only here. */
async function checkInvariants(client: RigClient, options: { json: boolean; settleSeconds: number }): Promise<number> {
  const { check, formatViolations } = await import('../chaos/check/index.ts');
  const violations = await check(client, { timeoutMs: options.settleSeconds * 1000 });
  if (options.json) console.log(JSON.stringify(violations, null, 2));
  else console.log(violations.length === 0 ? 'all invariants hold' : formatViolations(violations));
  return violations.length === 0 ? 0 : 1;
}

/** With this terminal's input and output, so that shells and pipes work. */
function execInHost(client: RigClient, host: string, argv: readonly string[]): Promise<number> {
  const [program = '', ...args] = client.enter(host, argv);
  const child = spawn(program, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 128));
  });
}

function need(rig: string): RigState {
  const state = readState(rigDir(rig));
  if (state === null) throw new Error(`there is no rig "${rig}": bring it up with test/rig/rig up --name ${rig}`);
  if (state.phase !== 'up')
    throw new Error(`rig "${rig}" is still coming up, or did not: look at ${rigDir(rig)}/daemons/*.log`);
  return state;
}

/** Runs what builds or ends a rig: alone, and with everything ended when the person interrupts. */
async function exclusively(rig: string, work: () => Promise<void>): Promise<number> {
  const unlock = lockRig(sharedDir, rig);
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (interruption.signal.aborted) return;
        say(`${signal}: ending what was started`);
        interruption.abort(new Error(signal));
        resolve();
      });
    }
  });
  try {
    const working = work();
    working.catch(() => {}); // seen below, or no longer of interest
    await Promise.race([working, interrupted]);
    if (!interruption.signal.aborted) return 0;
    // what runs is ended, so that the work fails soon; what it began meanwhile is ended after it
    await sweepRig(rigDir(rig));
    await Promise.race([working.catch(() => {}), delay(10_000)]);
    // on a busy machine something of it may still be on its way, and make the rig's folder anew
    for (let tries = 0; tries < 5; tries++) {
      await sweepRig(rigDir(rig));
      await delay(200);
      if (!existsSync(rigDir(rig))) break;
    }
    unlock();
    process.exit(130);
  } finally {
    unlock();
  }
}

try {
  process.exitCode = await main(parseCommand(process.argv.slice(2), process.env.VIRTFLEET_RIG || 'rig'));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`rig: ${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    console.error(`rig: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
