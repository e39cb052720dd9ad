/** Packets that a host's own firewall loses: it is the host's namespace, so nobody else's traffic is touched. */
import { rig } from '../../e2e/support/world.ts';

/** `in` is what comes to the host, `out` what it sends. */
export type Way = 'in' | 'out';

const chainOf = { in: 'INPUT', out: 'OUTPUT' } as const;
const portOf = { in: '-i', out: '-o' } as const;

/** Loses packets of the host's card on the given ways while `story` runs; a share of 1 loses all of them. */
export async function losing<T>(
  host: string,
  ways: readonly Way[],
  share: number,
  story: () => Promise<T>,
): Promise<T> {
  const rule = (way: Way): string[] => [
    ...[chainOf[way], portOf[way], 'eth0'],
    ...(share < 1 ? ['-m', 'statistic', '--mode', 'random', '--probability', String(share)] : []),
    ...['-j', 'DROP'],
  ];
  for (const way of ways) await rig.exec(host, ['iptables', '-w', '-I', ...rule(way)]);
  try {
    return await story();
  } finally {
    for (const way of ways) await rig.exec(host, ['iptables', '-w', '-D', ...rule(way)]);
  }
}
