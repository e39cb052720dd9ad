const started = performance.now();

/** What the rig is doing, for the person who waits; on stderr, so that a command's output stays clean. */
export function say(message: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`rig ${seconds}s  ${message}\n`);
}
