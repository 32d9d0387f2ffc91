import { createCipheriv, createHash } from 'node:crypto';
import { exchanged } from './exchange.ts';
import { KeyedState, type Key } from './keyed-state.ts';

/** Bytes whose fakes depend on those before them. They choose what the rest is enciphered with. */
const HEAD = 16;

const BYTE = 256;

/** Fakes of `bytea`, in its hexadecimal form: of the same length, one for each value. */
export class FakeBytes {
  readonly #key: Key;
  readonly #cipherKey: Buffer;

  constructor(key: Key) {
    this.#key = key;
    this.#cipherKey = createHash('sha256').update(Uint32Array.from(key)).digest().subarray(0, HEAD);
  }

  of(value: string): string {
    const bytes = Buffer.from(value.slice('\\x'.length), 'hex');
    const head = this.#head(bytes.subarray(0, HEAD));
    if (bytes.length <= HEAD) return `\\x${head.toString('hex')}`;
    const cipher = createCipheriv('aes-128-ctr', this.#cipherKey, head);
    return `\\x${Buffer.concat([head, cipher.update(bytes.subarray(HEAD))]).toString('hex')}`;
  }

  #head(bytes: Buffer): Buffer {
    const state = new KeyedState(this.#key);
    return Buffer.from(
      bytes.map((byte) => {
        const other = exchanged(byte, BYTE, state.number);
        state.absorb(byte);
        return other;
      }),
    );
  }
}
