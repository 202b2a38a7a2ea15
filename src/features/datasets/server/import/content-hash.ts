import type { Example } from '../../formats/check/example';
import { measureExample } from './measure-example';
import type { TextMeter } from './o200k/counter';
import { type ContentHash, TokenEngine } from './o200k/engine';

export type { ContentHash } from './o200k/engine';

let bare: TokenEngine | null = null;

/** Hashes what it is given and counts nothing, so it needs no vocabulary. */
function hashOnly(engine: TokenEngine): TextMeter {
  return {
    startHash: () => engine.startHash(),
    mixNumber: (value) => engine.mixNumber(value),
    endHash: () => engine.endHash(),
    take: (text) => {
      engine.mix(text);
      return 0;
    },
    countWord: () => 0,
  };
}

/**
 * Names an example by its content, not by its JSON: key order and spaces do not make it new. Not cryptographic: who
 * wants two of his own rows to look alike may have it. Where tokens are asked for too, measuring tells both at once.
 */
export function hashExample(example: Example): ContentHash {
  bare ??= new TokenEngine();
  return measureExample(example, hashOnly(bare)).hash;
}

/** As the column keeps it: a signed 64-bit integer. */
export const toBigInt = ({ high, low }: ContentHash): bigint => (BigInt(high) << 32n) | BigInt(low >>> 0);
