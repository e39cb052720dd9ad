import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageSplitter } from './messages.ts';

function message(body: number): Buffer {
  const bytes = Buffer.alloc(4 + body, body % 251);
  bytes.writeUInt32BE(bytes.length, 0);
  return bytes;
}

test('however the bytes come, nothing is lost and no piece holds parts of two messages', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(300), { minLength: 1, maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      (bodies, cuts) => {
        const sent = Buffer.concat(bodies.map(message));
        const ends = new Set<number>();
        for (let at = 0; at < sent.length; at += sent.readUInt32BE(at)) ends.add(at);
        const splitter = new MessageSplitter();
        const pieces: Buffer[] = [];
        for (let at = 0, turn = 0; at < sent.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          pieces.push(...splitter.push(sent.subarray(at, at + size)));
          at += size;
        }
        expect(Buffer.concat(pieces).equals(sent)).toBe(true);
        let at = 0;
        for (const piece of pieces) {
          for (let inside = at + 1; inside < at + piece.length; inside += 1) expect(ends.has(inside)).toBe(false);
          at += piece.length;
        }
      },
    ),
  );
});

test('whole messages come out as they are', () => {
  const splitter = new MessageSplitter();
  const [a, b, c] = [message(10), message(0), message(70_000)];
  expect(splitter.push(Buffer.concat([a, b, c])).map((piece) => piece.length)).toEqual([14, 4, 70_004]);
});
