/** Devices that one machine has alone, by their ids. */
import type { HostView, PlacedMachine, PlacementRequest } from '../types.ts';

export class DeviceUse {
  /** How many hold an id: more than one only when somebody else made a mistake, and then it stays taken until both let go. */
  readonly #holders = new Map<string, number>();

  /** `by` is 1 when the machine came, -1 when it went. */
  add(machine: PlacedMachine, by: 1 | -1): void {
    for (const [resource, ids] of Object.entries(machine.holds?.devices ?? {})) {
      for (const id of ids) {
        const key = `${resource} ${id}`;
        const now = (this.#holders.get(key) ?? 0) + by;
        if (now === 0) this.#holders.delete(key);
        else this.#holders.set(key, now);
      }
    }
  }

  /** Free ids, in order of their names; undefined when the host does not have such devices. */
  free(host: HostView, resource: string): string[] | undefined {
    const all = host.devices && Object.hasOwn(host.devices, resource) ? host.devices[resource] : undefined;
    return all?.filter((id) => !this.#holders.has(`${resource} ${id}`)).sort();
  }
}

/** The devices that the machine gets: the first free ones. The caller has seen that they are there. */
export function fitDevices(
  request: PlacementRequest,
  host: HostView,
  use: DeviceUse,
): Readonly<Record<string, string[]>> | undefined {
  const wanted = Object.entries(request.devices ?? {}).filter(([, count]) => count > 0);
  if (wanted.length === 0) return undefined;
  return Object.fromEntries(
    wanted.map(([resource, count]) => [resource, (use.free(host, resource) ?? []).slice(0, count)]),
  );
}
