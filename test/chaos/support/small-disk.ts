/** A small file system of a host's own, on a loop device, that a test fills up. */
import { rig } from '../../e2e/support/world.ts';

export class SmallDisk {
  readonly #host: string;
  /** As the host sees it: a folder on that file system, for a pool. */
  readonly folder = '/srv/virtfleet/small/pool';

  private constructor(host: string) {
    this.#host = host;
  }

  static async make(host: string, megabytes: number): Promise<SmallDisk> {
    const disk = new SmallDisk(host);
    await disk.remove(); // of a run that was broken off
    await disk.#sh(
      `truncate -s ${megabytes}M small.img && mkfs.ext4 -q -m 0 -O ^has_journal small.img && mkdir small && mount -o loop small.img small && mkdir small/pool`,
    );
    return disk;
  }

  /** Leaves that many megabytes free. */
  async fill(leftMegabytes = 0): Promise<void> {
    await this.#sh(
      `head -c ${Math.max(leftMegabytes, 0) * 2 ** 20} /dev/zero >small/left; { cat /dev/zero >small/filler; } 2>&1; rm -f small/left; sync -f small; df small`,
    );
  }

  async makeRoom(): Promise<void> {
    await this.#sh('rm -f small/filler');
  }

  /** The files in the pool's folder. */
  async list(): Promise<string[]> {
    return (await this.#sh('ls -1A small/pool')).split('\n').filter((name) => name !== '');
  }

  async remove(): Promise<void> {
    await this.#sh('if mountpoint -q small; then umount small || umount -l small; fi; rm -rf small small.img');
  }

  async #sh(script: string): Promise<string> {
    return await rig.exec(this.#host, ['sh', '-c', `cd /srv/virtfleet && { ${script}; }`]);
  }
}
