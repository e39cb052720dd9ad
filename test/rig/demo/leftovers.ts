import type { RigClient } from '../client.ts';
import { show } from './print.ts';

interface Deleted {
  status: { uuid: string; host: { name: string }; interfaces: { mac: string }[]; volumes: { volumeName: string }[] };
}

/** Deletes a machine and looks on its host, by virsh, for anything of it that is still there. */
export async function showLeftovers(rig: RigClient, vm: string): Promise<void> {
  const { status } = await rig.kubectl.get<Deleted>('vm', vm);
  const host = status.host.name;
  await rig.kubectl.run('delete', 'vm', vm, '--wait', '--timeout=120s');
  const domains = await rig.virsh(host, 'list', '--all', '--uuid');
  const volumes = await rig.virsh(host, 'vol-list', 'local');
  const networks = (await rig.virsh(host, 'net-list', '--all', '--name')).split('\n').filter((name) => name.trim());
  const reservations: string[] = [];
  for (const name of networks) reservations.push(await rig.virsh(host, 'net-dumpxml', name.trim()));
  const left = [
    ...(domains.includes(status.uuid) ? [`domain ${status.uuid}`] : []),
    ...status.volumes.map(({ volumeName }) => volumeName).filter((name) => volumes.includes(name)),
    ...status.interfaces.map(({ mac }) => mac).filter((mac) => reservations.some((xml) => xml.includes(mac))),
  ];
  if (left.length > 0) throw new Error(`${vm} is deleted, but on ${host} there is still: ${left.join(', ')}`);
  show(`virsh on ${host}`, `no domain ${status.uuid}, none of its ${status.volumes.length} volumes, no reservation`);
}
