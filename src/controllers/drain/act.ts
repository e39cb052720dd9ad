/** Moves are asked for and taken back; the machines themselves are others' to move. */
import type { Host } from '#api/v1alpha1/host.ts';
import { DRAIN_LABEL } from '#api/v1alpha1/host-drain.ts';
import { API_VERSION } from '#api/v1alpha1/meta.ts';
import { virtualMachineMigrationKind } from '#api/v1alpha1/virtual-machine-migration.ts';
import { isAlreadyExists } from '#kube/errors.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import { hostLabel, moveName } from './names.ts';
import type { Ask, DrainStep } from './plan.ts';
import type { MoveView } from './rows.ts';

/** A day is long enough to look what became of it. */
const KEEP_SECONDS = 86_400;

/** Why moves could not be asked for, by the machine's uid: a namespace that is being deleted, say. */
export type Refused = ReadonlyMap<string, string>;

export async function actOnDrain(deps: ControllerDeps, right: Right, host: Host, step: DrainStep): Promise<Refused> {
  const refused = new Map<string, string>();
  if (step.kind === 'End') for (const move of step.takeBack) await takeBack(deps, right, move);
  if (step.kind !== 'Go') return refused;
  for (const move of step.takeBack) await takeBack(deps, right, move);
  for (const ask of step.ask) {
    try {
      await create(deps, right, host, ask);
    } catch (error) {
      const isHis = ['Denied', 'InvalidSpec', 'NotFound'].includes(errorClassOf(error));
      if (!isHis) throw error;
      refused.set(ask.machine.uid, toMessage(error));
    }
  }
  return refused;
}

/** The name says which drain, machine and attempt it is for: one that is there already is the one that is meant. */
async function create(
  { client, informers }: ControllerDeps,
  right: Right,
  host: Host,
  { machine, attempt }: Ask,
): Promise<void> {
  const { name, uid } = host.metadata;
  const startedAt = host.status?.drain?.startedAt;
  if (startedAt === undefined) throw new Error('a move was planned before its drain had begun');
  try {
    const made = await client.create(right, virtualMachineMigrationKind, {
      apiVersion: API_VERSION,
      kind: virtualMachineMigrationKind.kind,
      metadata: {
        namespace: machine.namespace,
        name: moveName({ hostUid: uid, startedAt }, machine, attempt),
        labels: { [DRAIN_LABEL]: hostLabel(name) },
        ownerReferences: [{ apiVersion: API_VERSION, kind: host.kind, name, uid }],
      },
      spec: { machineName: machine.name, mode: 'Auto', copyStorage: 'IfNeeded', ttlSecondsAfterFinished: KEEP_SECONDS },
    });
    informers.migrations.learn(made, '');
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}

async function takeBack({ client }: ControllerDeps, right: Right, { namespace, name, uid }: MoveView): Promise<void> {
  await client.delete(right, virtualMachineMigrationKind, { namespace, name, uid });
}
