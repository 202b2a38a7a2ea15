import type { Example } from './example';

/** 64 bits as two signed words: a bigint for every row would cost more than the hash itself. */
export interface ContentHash {
  high: number;
  low: number;
}

/**
 * Names an example by its content, not by its JSON: key order and spaces do not make it new. Not cryptographic: who
 * wants two of his own rows to look alike may have it. Built like cyrb53 (public domain), with all 64 bits kept.
 */
export function hashExample({ messages, tools }: Example): ContentHash {
  const hash = { high: 0x1b873593, low: 0x9e3779b9 | 0 };
  for (const { role, text, name, calls, answers, trained } of messages) {
    mix(hash, role);
    mix(hash, trained ? 'trained' : 'shown');
    mix(hash, text);
    if (name !== null) mix(hash, `name ${name}`);
    if (answers !== null) mix(hash, `answers ${answers}`);
    if (calls !== null) mix(hash, `calls ${JSON.stringify(calls)}`);
  }
  if (tools !== undefined) mix(hash, `tools ${JSON.stringify(tools)}`);
  return finish(hash);
}

/** The length goes in too, so no two lists of texts can be joined to the same one. */
function mix(hash: ContentHash, text: string): void {
  let { high, low } = hash;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  hash.high = Math.imul(high ^ text.length, 0x85ebca6b);
  hash.low = Math.imul(low ^ text.length, 0xc2b2ae35);
}

function finish({ high, low }: ContentHash): ContentHash {
  const a = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  const b = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return { high: a | 0, low: b | 0 };
}

/** As the column keeps it: a signed 64-bit integer. */
export const toBigInt = ({ high, low }: ContentHash): bigint => (BigInt(high) << 32n) | BigInt(low >>> 0);
