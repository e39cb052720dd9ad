/** Idempotent single outward steps: each looks by UUID, does at most what is missing, and says what it did. */
export * from './domains.ts';
export * from './ensure-network.ts';
export * from './ensure-pool.ts';
export * from './guest.ts';
export * from './volumes.ts';
