import { expect, test } from 'vitest';
import { FINALIZER } from '#api/v1alpha1/meta.ts';
import type { KubeClient } from '#kube/client.ts';
import { anObject, configMapKind } from '#kube/testing.ts';
import type { KubeObject } from '#kube/types.ts';
import { unrestricted } from '#platform/right.ts';
import { hold } from './hold.ts';

const others = ['example.com/other'];

test.each<[string, Partial<KubeObject['metadata']>, string, string[] | null]>([
  ['new', {}, 'Taken', [FINALIZER]],
  ['held by others', { finalizers: others }, 'Taken', [...others, FINALIZER]],
  ['ours', { finalizers: [FINALIZER] }, 'Held', null],
  ['ours, being deleted', { finalizers: [FINALIZER], deletionTimestamp: '2026-01-01T00:00:00Z' }, 'Held', null],
  ['let go of, being deleted', { finalizers: others, deletionTimestamp: '2026-01-01T00:00:00Z' }, 'LetGo', null],
])('an object that is %s', async (_name, over, expected, written) => {
  const object = anObject('one', { version: '4' });
  Object.assign(object.metadata, over);
  const learned: [string[] | undefined, string][] = [];
  const client = {
    patchFenced: async (_right: unknown, _kind: unknown, base: KubeObject, patch: object) => ({ ...base, ...patch }),
  } as unknown as KubeClient;
  const informer = {
    kind: configMapKind,
    learn: ({ metadata }: KubeObject, basedOn: string) => void learned.push([metadata.finalizers, basedOn]),
  };
  expect(await hold(client, informer, unrestricted, object)).toBe(expected);
  expect(learned).toEqual(written === null ? [] : [[written, '4']]);
});
