/** Idempotent single outward steps: each looks by UUID, does at most what is missing, and says what it did. */
export * from './boot-mark.ts';
export * from './claim.ts';
export * from './copy-volume.ts';
export * from './devices.ts';
export * from './domains.ts';
export * from './ensure-network.ts';
export * from './ensure-pool.ts';
export * from './guest.ts';
export * from './migrate.ts';
export * from './move-power.ts';
export * from './power-state.ts';
export * from './reservations.ts';
export * from './save.ts';
export * from './upload.ts';
export * from './volumes.ts';
