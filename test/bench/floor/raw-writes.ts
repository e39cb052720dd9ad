/**
 * The other floor: as many writes to the API server as the operator and its user send for N machines, of the same
 * objects, with nothing in between: plain HTTP, kept connections, bodies made beforehand.
 *
 *   node raw-writes.ts PLAN.json      prints {"seconds": s, "writes": n}
 */
import { readFileSync } from 'node:fs';
import { KubeConfig } from '@kubernetes/client-node';
import { Pool } from 'undici';

export interface RawPlan {
  kubeconfig: string;
  /** Objects, each written from its create on by one worker. */
  names: string[];
  workers: number;
  writes: RawWrite[];
}

export interface RawWrite {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Paths and bodies with @NAME@ in them, and @TURN@, which is another one in every run. */
  path: string;
  body: string;
  /** Of all objects, spread evenly; default 1. */
  share?: number;
}

/** Of `share` of all objects, the one at this place is one. */
export const isSentFor = (at: number, share = 1): boolean => Math.floor((at + 1) * share) > Math.floor(at * share);

export async function writeRaw(plan: RawPlan): Promise<{ seconds: number; writes: number }> {
  const config = new KubeConfig();
  config.loadFromFile(plan.kubeconfig);
  const server = config.getCurrentCluster()?.server;
  if (!server) throw new Error(`${plan.kubeconfig} names no cluster`);
  const tls: { ca?: string | Buffer; cert?: string | Buffer; key?: string | Buffer } = {};
  await config.applyToHTTPSOptions(tls);
  const { ca, cert, key } = tls;
  const connect = { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
  const pool = new Pool(server, { connections: plan.workers, pipelining: 1, connect });
  const turn = Date.now().toString(36);
  let writes = 0;
  const send = async (name: string, { method, path, body }: RawWrite): Promise<void> => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const answer = await pool.request({
      method,
      path: path.replaceAll('@NAME@', name),
      headers: { 'content-type': type, accept: 'application/json' },
      body: body.replaceAll('@NAME@', name).replaceAll('@TURN@', turn),
    });
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${await answer.body.text()}`);
    await answer.body.dump();
    writes += 1;
  };
  const queue = plan.names.entries();
  const worker = async (): Promise<void> => {
    for (const [at, name] of queue)
      for (const write of plan.writes) if (isSentFor(at, write.share)) await send(name, write);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: plan.workers }, worker));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return { seconds, writes };
}

if (import.meta.main) {
  const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as RawPlan;
  console.log(JSON.stringify(await writeRaw(plan)));
}
