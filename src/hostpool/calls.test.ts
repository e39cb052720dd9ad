import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseHostUri } from '#libvirt/uri.ts';
import { unrestricted } from '#platform/right.ts';
import { HostCalls } from './calls.ts';
import type { Wiring } from './connection.ts';
import { Session } from './session.ts';

/** libvirt's test driver in this process: no tunnel, so nothing of this is asked. */
const wiring: Wiring = {
  socketDirectory: () => Promise.reject(new Error('nothing is dialled')),
  mayPass: () => true,
  relays: new Set(),
};
let session: Session;
beforeEach(async () => {
  const target = { host: 'h1', uri: parseHostUri('test:///default'), credentials: {} };
  session = await Session.open(target, wiring, new AbortController().signal);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  session.end();
});

function calls(): HostCalls {
  return new HostCalls('h1', new AbortController().signal, {
    connected: () => session,
    unanswered: () => {},
    broken: () => {},
    answerLost: () => {},
  });
}

/** Work that has begun, heeds nothing, and is cancelled. */
async function cancelled(graceMs: number) {
  const end = new AbortController();
  const begun = Promise.withResolvers<{ closed: boolean }>();
  const copy = calls().dedicated(
    'test.copy',
    unrestricted,
    (connect) => {
      begun.resolve(connect);
      return new Promise(() => {});
    },
    { changes: true, signal: end.signal, graceMs },
  );
  const outcome: unknown[] = [];
  copy.catch((error: unknown) => outcome.push(error));
  const connect = await begun.promise;
  end.abort();
  return { connect, outcome };
}

test('work that is cancelled has its time to end in peace, is cut then, and is not waited for any longer', async () => {
  const { connect, outcome } = await cancelled(2_000);
  await vi.advanceTimersByTimeAsync(1_990);
  expect([connect.closed, outcome]).toEqual([false, []]);
  await vi.advanceTimersByTimeAsync(20);
  expect(connect.closed).toBe(true);
  expect(outcome).toMatchObject([{ errorClass: 'OutcomeUnknown', reason: 'Cancelled', host: 'h1' }]);
});

test('work without such a time is cut at once', async () => {
  expect((await cancelled(0)).connect.closed).toBe(true);
});
