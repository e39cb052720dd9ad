/** One outward step. What was seen by it goes into status. */
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import {
  createVolume,
  deleteVolume,
  findVolume,
  lookupVolume,
  refreshPoolContents,
  resizeVolume,
} from '#hostpool/ensure.ts';
import { renderVolume, type VolumeFacts } from '#libvirt/volume.ts';
import { errorClassOf, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { ControllerDeps } from '../deps.ts';
import type { Seen } from './observe.ts';
import type { VolumePlan } from './plan.ts';

export type VolumeAct = Extract<VolumePlan, { kind: 'Create' | 'Look' | 'Resize' | 'Delete' }>;

/** The volume as it is now; null: there is none. */
export async function actOnVolume(
  deps: ControllerDeps,
  right: Right,
  volume: StorageVolume,
  { input, place }: Seen,
  act: VolumeAct,
): Promise<VolumeFacts | null> {
  const { decided } = input;
  if (place === null || decided === null) throw new Error(`${act.kind} of a volume that has no place`);
  const { host, pool } = place;
  const name = decided.volumeName;
  switch (act.kind) {
    case 'Create':
      return create(deps, right, volume, { input, place }, act.sizeBytes);
    case 'Look':
      return look(right, decided, place);
    case 'Resize':
      await look(right, decided, place);
      await resizeVolume(host, right, pool.uuid, name, act.sizeBytes);
      return lookupVolume(host, pool.uuid, name);
    case 'Delete':
      await look(right, decided, place);
      await deleteVolume(host, right, pool.uuid, name);
      return null;
    default:
      return act satisfies never;
  }
}

/** In a shared pool another host may have made it: then this one's libvirt has to be told to look. */
function look(
  right: Right,
  decided: NonNullable<Seen['input']['decided']>,
  { host, pool }: NonNullable<Seen['place']>,
): Promise<VolumeFacts | null> {
  return decided.host === undefined
    ? findVolume(host, right, pool.uuid, decided.volumeName)
    : lookupVolume(host, pool.uuid, decided.volumeName);
}

async function create(
  deps: ControllerDeps,
  right: Right,
  volume: StorageVolume,
  { input, place }: Seen,
  sizeBytes: number,
): Promise<VolumeFacts> {
  const { decided } = input;
  if (place === null || decided === null) throw new Error('a volume is made that has no place');
  const { host, pool } = place;
  const { base, volumeName: name } = decided;
  const image = deps.informers.images.get(`${volume.metadata.namespace}/${base?.imageName}`);
  const xml = renderVolume({
    name,
    capacityBytes: sizeBytes,
    format: decided.format === 'Raw' ? 'raw' : 'qcow2',
    ...(base?.path === undefined
      ? {}
      : { backing: { path: base.path, format: image?.spec.format === 'Raw' ? 'raw' : 'qcow2' } }),
  });
  // One of that name may be there: made by us before a crash, or before status was lost. It is complete when it stands on
  // what was recorded and is large enough; else it is not touched.
  await look(right, decided, place);
  const facts = await createVolume(host, right, pool.uuid, xml).catch((cause: unknown) =>
    explain(right, { host, pool }, base, cause),
  );
  if (facts.capacityBytes < sizeBytes || (facts.backing?.path ?? null) !== (base?.path ?? null)) {
    throw new VirtfleetError(
      'InvalidSpec',
      'VolumeExists',
      `Volume ${name} in pool ${pool.name} on host ${host.name} is not what was recorded (${facts.capacityBytes} bytes on ${facts.backing?.path ?? 'nothing'}); it is left alone`,
      { host: host.name, object: name, mend: 'See whose it is, and remove it there when nobody needs it.' },
    );
  }
  return facts;
}

/** Throws why a volume could not be made on its base: that this is not there any more, or else `cause`. */
async function explain(
  right: Right,
  { host, pool }: NonNullable<Seen['place']>,
  base: NonNullable<Seen['input']['decided']>['base'],
  cause: unknown,
): Promise<never> {
  const kind = errorClassOf(cause);
  if (base?.volumeName === undefined || kind === 'LeaseLost' || kind === 'OutcomeUnknown') throw cause;
  // A file that was removed beside libvirt stays in its list until the directory is read again.
  await refreshPoolContents(host, right, pool.uuid);
  if ((await lookupVolume(host, pool.uuid, base.volumeName)) !== null) throw cause;
  throw new VirtfleetError(
    'Transient',
    'BaseMissing',
    `The copy of image ${base.imageName} on which it is to stand (volume ${base.volumeName} of pool ${pool.name}) is missing on host ${host.name}`,
    { host: host.name, mend: 'It is brought there again, and then the volume is made.', cause },
  );
}
