import { createHash } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = CROCKFORD.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * The id of the nth event of one send, derived from the SDK's `x-inngest-event-id-seed` header
 * (`<milliseconds>,<base64 of 10 bytes>`). The SDK repeats a failed send with the same seed, so the same ids come out
 * and the repetition is harmless.
 *
 * @returns a ULID, or null when the header is absent or malformed
 */
export function eventIdFromSeed(seed: string | null, index: number): string | null {
  const [time, entropy] = seed?.split(',') ?? [];
  if (!time || !entropy || !/^\d{1,15}$/.test(time)) return null;
  const bytes = Buffer.from(entropy, 'base64');
  if (bytes.length !== 10) return null;
  const random = (BigInt(`0x${bytes.toString('hex')}`) + BigInt(index)) & ((1n << 80n) - 1n);
  return encode(BigInt(time), 10) + encode(random, 16);
}

/** Hex SHA-256. Keys made of user data are stored hashed: any length, any character. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A stable signed 32-bit number for Postgres advisory locks. */
export const lockNumber = (text: string): number => createHash('sha256').update(text).digest().readInt32BE(0);
