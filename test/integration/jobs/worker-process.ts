import { openQueue, startWorker } from '#jobs/index.ts';
import { systemClock } from '#platform/clock.ts';
import { effect } from '#platform/effect.ts';
import { errorClassOf } from '#platform/errors.ts';

/** A worker in a process of its own: it tells that its job runs, and tries to act again as soon as time has jumped. */
const [url = ''] = process.argv.slice(2);
const queue = openQueue({ redisUrl: url, redisPrefix: 'test' });
startWorker(queue, {
  ImageFetch: {
    concurrency: 1,
    run: (_job, { right }) =>
      new Promise<void>((resolve) => {
        let last = systemClock.boottimeMs();
        const watch = setInterval(() => {
          const now = systemClock.boottimeMs();
          const frozen = now - last > 3_000;
          last = now;
          if (!frozen) return;
          clearInterval(watch);
          effect('file:test.act', right, () => Promise.resolve()).then(
            () => process.send?.({ refused: null }),
            (error: unknown) => process.send?.({ refused: errorClassOf(error) }),
          );
          resolve();
        }, 50);
        // last of all: who hears it may stop this process at once
        process.send?.({ running: true });
      }),
  },
});
