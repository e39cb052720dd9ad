/** Hugepages and dedicated CPUs: which of them are free on a host, and which a machine gets. Exact, never a sum. */
import type { CellShare, CellView, PlacedMachine, PlacementRequest } from '../types.ts';

/** What is left of one cell, for one size of page. */
interface Rest {
  id: number;
  cpus: number[];
  pages: number;
}

export interface CellNeed {
  cpus: number;
  pages: number;
  pageBytes: number;
  singleCell: boolean;
}

export function cellNeedOf(request: PlacementRequest): CellNeed | null {
  const { dedicatedCpus = 0, hugepages, singleCell = false } = request;
  if (dedicatedCpus === 0 && (hugepages === undefined || hugepages.count === 0)) return null;
  return { cpus: dedicatedCpus, pages: hugepages?.count ?? 0, pageBytes: hugepages?.pageBytes ?? 0, singleCell };
}

export class CellUse {
  readonly #cpus = new Map<number, number>();
  /** By cell and page size. */
  readonly #pages = new Map<string, number>();

  /** `by` is 1 when the machine came, -1 when it went. */
  add(machine: PlacedMachine, by: 1 | -1): void {
    const pageBytes = machine.hugepages?.pageBytes ?? 0;
    for (const { id, cpus, hugepages } of machine.holds?.cells ?? []) {
      for (const cpu of cpus) count(this.#cpus, cpu, by);
      if (hugepages > 0) count(this.#pages, `${id}/${pageBytes}`, by * hugepages);
    }
  }

  /** What of the cells nobody has. */
  free(cells: readonly CellView[], pageBytes: number): Rest[] {
    return cells
      .map(({ id, cpus, hugepages }) => ({
        id,
        cpus: cpus.filter((cpu) => !this.#cpus.has(cpu)).sort((a, b) => a - b),
        pages: (hugepages?.[pageBytes] ?? 0) - (this.#pages.get(`${id}/${pageBytes}`) ?? 0),
      }))
      .sort((a, b) => a.id - b.id);
  }
}

/**
 * One cell where one is enough, the one that is left with least; else from several in order of their number, unless the
 * machine must have one. Null: not there.
 */
export function fitCells(need: CellNeed, free: readonly Rest[]): CellShare[] | null {
  const tight = free
    .filter(({ cpus, pages }) => cpus.length >= need.cpus && pages >= need.pages)
    .sort((a, b) => a.cpus.length - b.cpus.length || a.pages - b.pages || a.id - b.id)[0];
  if (tight !== undefined) return [{ id: tight.id, cpus: tight.cpus.slice(0, need.cpus), hugepages: need.pages }];
  if (need.singleCell) return null;
  let { cpus, pages } = need;
  const shares: CellShare[] = [];
  for (const cell of free) {
    const share = { id: cell.id, cpus: cell.cpus.slice(0, cpus), hugepages: Math.max(0, Math.min(pages, cell.pages)) };
    cpus -= share.cpus.length;
    pages -= share.hugepages;
    if (share.cpus.length > 0 || share.hugepages > 0) shares.push(share);
  }
  return cpus === 0 && pages === 0 ? shares : null;
}

function count<K>(map: Map<K, number>, key: K, by: number): void {
  const now = (map.get(key) ?? 0) + by;
  if (now === 0) map.delete(key);
  else map.set(key, now);
}
