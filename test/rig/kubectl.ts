import { join } from 'node:path';
import { run } from './command.ts';

/** kubectl with a rig's kubeconfig; the rig's own program, not the machine's. */
export class Kubectl {
  readonly #program: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(dir: string, kubeconfig: string) {
    this.#program = join(dir, 'bin', 'kubectl');
    // its discovery cache would otherwise be left in the person's home
    this.#env = { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(dir, 'kubectl-cache') };
  }

  run(...args: string[]): Promise<string> {
    return run(this.#program, args, { env: this.#env });
  }

  /** Server-side apply of objects, under a field manager of the rig's own. */
  apply(objects: readonly object[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return run(this.#program, ['apply', '--server-side', '--force-conflicts', '--field-manager=rig', '-f', '-'], {
      env: this.#env,
      input: JSON.stringify(list),
    });
  }

  async get<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run('get', ...args, '-o', 'json')) as T;
  }
}
