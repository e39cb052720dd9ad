/** How large and how often: what `make bench` measures with. Every number can be set in the environment. */

const count = (name: string, otherwise: number): number => {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${name} is a number from 1 to 999999, not "${text}"`);
  return Number(text);
};

const counts = (name: string, otherwise: number[]): number[] => {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const numbers = text.split(/[\s,]+/).map(Number);
  if (numbers.some((n) => !Number.isInteger(n) || n < 1)) throw new Error(`${name} is a list of numbers: "250 500"`);
  return numbers;
};

export const settings = {
  /** Of each arm, interleaved. */
  repetitions: count('BENCH_REPETITIONS', 5),
  /** Linked clones on QEMU: 240 MB and half a core each while they boot under emulation. */
  clones: count('BENCH_CLONES', 12),
  qemuHosts: count('BENCH_QEMU_HOSTS', 3),
  /** Machines on libvirt's test driver. */
  machines: count('BENCH_MACHINES', 2000),
  testHosts: count('BENCH_TEST_HOSTS', 20),
  /** Machines whose API writes are counted, and how long nothing may be written then. */
  counted: count('BENCH_COUNTED', 9),
  idleSeconds: count('BENCH_IDLE_SECONDS', 15),
  /** CPU is read when so many machines run; memory at the first size from 1000 on and at the last. */
  sizes: counts('BENCH_SIZES', [250, 500, 1000, 2000, 4000, 10_000]),
  /** Destroyed one after the other, an arm. */
  destroyed: count('BENCH_DESTROYED', 200),
  reconnectHosts: count('BENCH_RECONNECT_HOSTS', 100),
  reconnectMachines: count('BENCH_RECONNECT_MACHINES', 5000),
  /** Machines that are worked on at once: the operator's own default, and what the floors do. */
  concurrency: count('BENCH_CONCURRENCY', 16),
} as const;
