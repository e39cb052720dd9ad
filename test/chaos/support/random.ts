/** Numbers in [0, 1) that are the same for the same seed (mulberry32), so that what a run found can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of this run: a new one each time, or the one that VIRTFLEET_SEED names. Say it where the test says what it did. */
export function seedOfRun(): number {
  const given = process.env.VIRTFLEET_SEED;
  if (given === undefined) return Date.now() % 2 ** 32;
  if (!/^\d+$/.test(given)) throw new Error(`VIRTFLEET_SEED must be a whole number, and is "${given}"`);
  return Number(given) % 2 ** 32;
}
