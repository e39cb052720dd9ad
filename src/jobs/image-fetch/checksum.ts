import { createHash, type Hash } from 'node:crypto';
import { fetchError } from './errors.ts';

/** A digest that is worked out while the bytes pass. */
export class ChecksumStream {
  readonly #expected: string;
  readonly #algorithm: string;
  readonly #hash: Hash;

  /** @param expected `sha256:<hex>` or `sha512:<hex>` */
  constructor(expected: string) {
    this.#expected = expected;
    this.#algorithm = expected.slice(0, expected.indexOf(':'));
    if (!/^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(expected)) {
      throw fetchError(
        'ImageInvalid',
        `"${expected}" is no checksum`,
        'Use sha256: or sha512: and the hexadecimal digest.',
      );
    }
    this.#hash = createHash(this.#algorithm);
  }

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  /** To be called once, at the end. */
  matches(): boolean {
    return this.#digest() === this.#expected;
  }

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.add(chunk);
      yield chunk;
    }
  }

  /** To be called once, at the end: throws ChecksumMismatch. */
  verify(where: string): void {
    const actual = this.#digest();
    if (actual !== this.#expected) {
      throw fetchError(
        'ChecksumMismatch',
        `What ${where} serves has the checksum ${actual}, not ${this.#expected}`,
        'Correct the checksum, or the file on the server.',
      );
    }
  }

  #digest(): string {
    return `${this.#algorithm}:${this.#hash.digest('hex')}`;
  }
}
