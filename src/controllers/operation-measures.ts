/** What is measured of all that is asked for once: VirtualMachineOperations by their type, and migrations. */
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VirtualMachineOperation } from '#api/v1alpha1/virtual-machine-operation.ts';
import { counter, gauge, histogram } from '#platform/metrics.ts';
import type { Informers } from './deps.ts';

/** From at once to a day in the queue. */
const waitBuckets = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];

const waited = histogram(
  'virtfleet_operation_wait_seconds',
  'Time from asking for an operation or a migration to its turn.',
  ['type'],
  waitBuckets,
);
const ended = counter('virtfleet_operation_ended_total', 'Operations and migrations that have ended, by how and why.', [
  'type',
  'outcome',
  'reason',
]);

export function operationAdmitted(type: string, waitedMs: number): void {
  waited.observe({ type }, Math.max(0, waitedMs) / 1000);
}

export function operationEnded(type: string, outcome: string, reason: string): void {
  ended.inc({ type, outcome, reason });
}

type Followed = Partial<Pick<Informers, 'operations' | 'migrations'>>;
let followed: Followed = {};

gauge(
  'virtfleet_operations',
  'Operations and migrations that have not ended, by phase: Pending ones wait for their turn.',
  ['type', 'phase'],
  function () {
    this.reset();
    for (const { type, phase } of openOnes(followed)) this.inc({ type, phase });
  },
);

/** Those that have not ended are counted from these caches when somebody looks. */
export function measureOperations(informers: Followed): void {
  followed = { ...followed, ...informers };
}

function* openOnes({ operations, migrations }: Followed): Generator<{ type: string; phase: string }> {
  const isOpen = ({ status }: VirtualMachineOperation | VirtualMachineMigration): boolean =>
    status?.phase !== 'Succeeded' && status?.phase !== 'Failed' && status?.phase !== 'Cancelled';
  for (const one of operations?.list() ?? []) {
    if (isOpen(one)) yield { type: one.spec.type, phase: one.status?.phase ?? 'Pending' };
  }
  for (const one of migrations?.list() ?? []) {
    if (isOpen(one)) yield { type: 'Migration', phase: one.status?.phase ?? 'Pending' };
  }
}
