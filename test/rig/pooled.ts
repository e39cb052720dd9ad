/** Runs work over items, a few at a time; the first failure is thrown when all that was begun has ended. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const failures: unknown[] = [];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined && failures.length === 0; item = queue.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all([...Array(atOnce).keys()].map(lane));
  if (failures.length > 0) throw failures[0];
}
