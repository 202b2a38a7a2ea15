import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildCharClasses } from './char-classes';
import { hashBytes, hashWords } from './token-hash';

/** sha256 of the official ranks file, the one that OpenAI's tiktoken pins for o200k_base. */
const RANKS_SHA256 = '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d';
export const NO_RANK = 0x7fffffff;
/** Tokens up to this many bytes live in a table with their bytes inline; 99 % of look-ups end there. */
export const SHORT_TOKEN = 12;
const SHORT_BITS = 19;
const LONG_BITS = 20;
/** The prefilter has one bit per value of the hash's upper 21 bits. */
export const FILTER_SHIFT = 11;

/** The o200k_base vocabulary as flat tables over shared memory: build once, hand to every worker thread. */
export interface Vocabulary {
  /** All tokens' bytes, one after another; token i is [offsets[i], offsets[i+1]). */
  bytes: Uint8Array;
  offsets: Int32Array;
  ranks: Int32Array;
  /** Open addressing over all tokens: token index + 1, or 0. */
  slots: Int32Array;
  /** Rank of each two-byte token, by first << 8 | second. */
  pairs: Int32Array;
  /** Four words per entry: three of bytes, then length << 20 | rank + 1. */
  shorts: Int32Array;
  shortFilter: Int32Array;
  classes: Uint8Array;
}

const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));

function parseRanks(file: Buffer): { token: Buffer; rank: number }[] {
  const digest = createHash('sha256').update(file).digest('hex');
  if (digest !== RANKS_SHA256) throw new Error(`The o200k_base ranks file is not the official one (sha256 ${digest}).`);
  return file
    .toString('latin1')
    .trim()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return { token: Buffer.from(line.slice(0, space), 'base64'), rank: Number(line.slice(space + 1)) };
    });
}

/** The bytes of a short token in three little-endian words. */
function packWords(token: Uint8Array): [number, number, number] {
  const words: [number, number, number] = [0, 0, 0];
  token.forEach((byte, i) => {
    words[i >> 2] = (words[i >> 2] ?? 0) | (byte << ((i & 3) << 3));
  });
  return words;
}

function addShort(vocabulary: Vocabulary, token: Uint8Array, rank: number): void {
  const { shorts, shortFilter } = vocabulary;
  const [k0, k1, k2] = packWords(token);
  const hash = hashWords(k0, k1, k2, token.length);
  const filter = hash >>> FILTER_SHIFT;
  shortFilter[filter >>> 5] = (shortFilter[filter >>> 5] as number) | (1 << (filter & 31));
  let place = (hash & ((1 << SHORT_BITS) - 1)) << 2;
  while (shorts[place + 3] !== 0) place = (place + 4) & (shorts.length - 1);
  shorts.set([k0, k1, k2, (token.length << 20) | (rank + 1)], place);
}

/**
 * Reads the official ranks file and lays it out for look-ups. About 0.4 s of CPU.
 * @throws Error when the file's sha256 is not the one of o200k_base
 */
export function buildVocabulary(ranksFile: string): Vocabulary {
  const entries = parseRanks(readFileSync(ranksFile));
  const total = entries.reduce((sum, { token }) => sum + token.length, 0);
  const vocabulary: Vocabulary = {
    bytes: new Uint8Array(new SharedArrayBuffer(total)),
    offsets: shared(entries.length + 1),
    ranks: shared(entries.length),
    slots: shared(1 << LONG_BITS),
    pairs: shared(65_536).fill(NO_RANK),
    shorts: shared(4 << SHORT_BITS),
    shortFilter: shared(1 << 16),
    classes: buildCharClasses(),
  };
  let offset = 0;
  entries.forEach(({ token, rank }, index) => {
    vocabulary.bytes.set(token, offset);
    vocabulary.offsets[index] = offset;
    vocabulary.ranks[index] = rank;
    addSlot(vocabulary, index, offset, offset + token.length);
    const [first, second] = token;
    if (token.length === 2 && first !== undefined && second !== undefined)
      vocabulary.pairs[(first << 8) | second] = rank;
    if (token.length <= SHORT_TOKEN) addShort(vocabulary, token, rank);
    offset += token.length;
  });
  vocabulary.offsets[entries.length] = offset;
  return vocabulary;
}

function addSlot({ slots, bytes }: Vocabulary, index: number, from: number, to: number): void {
  const mask = slots.length - 1;
  let place = hashBytes(bytes, from, to) & mask;
  while (slots[place] !== 0) place = (place + 1) & mask;
  slots[place] = index + 1;
}
