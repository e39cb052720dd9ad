import { join, resolve } from 'node:path';

/** The checkout that this rig belongs to. */
export const projectRoot = resolve(import.meta.dirname, '..', '..');

/** What is shared by all rigs of a checkout: built binaries, guest images, stamps. */
export const sharedDir = join(projectRoot, '.rig');
export const controlPlaneBinary = join(sharedDir, 'bin', 'controlplane');
export const imageCacheDir = join(sharedDir, 'images');
/** Other libvirts than this machine's own, for hosts (see libvirts.ts). */
export const libvirtsDir = join(sharedDir, 'libvirts');
/** Compiled sources, so that an operator that is started a hundred times does not compile them a hundred times. */
export const compileCacheDir = join(sharedDir, 'cache', 'node');
export const nodeBinary = join(projectRoot, 'node_modules', '.bin', 'node');

/** The names in .rig that a rig cannot take, because something else lives there. */
export const reservedNames: readonly string[] = ['bin', 'images', 'libvirts', 'stamps', 'go', 'cache', 'chaos', 'logs'];

/** Where the state of one rig lives, all of it; `rig down` removes it. */
export function rigDir(name: string): string {
  return join(sharedDir, name);
}
