import type { RigClient } from './client.ts';
import type { HostStatus } from './hosts.ts';

export interface RigStatus {
  name: string;
  kubeconfig: string;
  redis: string;
  images: string;
  processes: Record<string, string>;
  hosts: (HostStatus & { name: string; uri: string })[];
}

export async function rigStatus(rig: RigClient): Promise<RigStatus> {
  const hosts = await Promise.all(
    rig.hosts.map(async ({ name, uri }) => ({ name, uri, ...(await rig.hostStatus(name)) })),
  );
  const processes = Object.entries(rig.daemonStates()).filter(([name]) => !name.startsWith('host-'));
  return {
    name: rig.name,
    kubeconfig: rig.kubeconfig,
    redis: rig.redisUrl,
    images: rig.imageServer.http,
    processes: Object.fromEntries(processes),
    hosts,
  };
}

export function formatStatus(status: RigStatus): string {
  const rows = [
    ['HOST', 'URI', 'POWER', 'CABLE', 'LIBVIRTD', 'GUESTS'],
    ...status.hosts.map((host) => [host.name, host.uri, host.power, host.cable, host.libvirtd, String(host.guests)]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const processes = Object.entries(status.processes).map(([name, state]) => `${name} ${state}`);
  return [`rig ${status.name}: ${processes.join(', ')}`, ...(status.hosts.length > 0 ? table : [])].join('\n');
}
