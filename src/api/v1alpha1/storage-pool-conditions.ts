/** What a StoragePool's conditions judge, and the reasons they give. */
import type { ConditionTable, ReasonTable } from '../schema/conditions.ts';

export const storagePoolConditions = {
  Ready: 'The pool is running on every host that should have it. Unknown: one of them is out of sight.',
  Reconciling: 'Present while something is being done.',
  Stalled: 'Present while a person must help.',
} as const satisfies ConditionTable;
export type StoragePoolConditionType = keyof typeof storagePoolConditions;

export const storagePoolReasons = {
  Running: { on: ['Ready'], means: 'The pool is running on every host that should have it.' },
  Starting: { on: ['Ready'], means: 'The pool is being brought to its hosts.' },
  Working: { on: ['Reconciling'], means: 'The pool is being brought to its hosts.' },
  NoHosts: {
    on: ['Ready'],
    means: 'No host is selected.',
    mend: 'Label a Host as spec.hostSelector asks, or change the selector.',
  },
  HostFailed: {
    on: ['Ready', 'Reconciling'],
    means: 'libvirt on a host refuses to make or start the pool.',
    mend: 'Read the message; often the directory is not there (build: IfMissing makes it) or may not be read.',
  },
  HostsOutOfSight: {
    on: ['Ready'],
    means: 'How the pool is on a host is unknown: the host is out of sight.',
    mend: 'Look at that Host.',
  },
  ForeignPool: {
    on: ['Ready', 'Stalled'],
    means: 'A host has a pool of that name which is not ours.',
    mend: 'Set spec.adoptExisting to use it as it is, or make a StoragePool with another poolName.',
  },
  TypeNotSupported: { on: ['Ready', 'Stalled'], means: 'The type is not supported yet.', mend: 'Use Dir or FS.' },
  DeletionBlocked: {
    on: ['Reconciling'],
    means: 'The object is deleted, and volumes in the pool are in use, or a host cannot be cleared now.',
    mend: 'Delete what the message names; deletion goes on by itself.',
  },
  Terminating: { on: ['Ready'], means: 'The pool is being deleted. Its files stay.' },
} as const satisfies ReasonTable;
export type StoragePoolReason = keyof typeof storagePoolReasons;
