import type { EncodedChat } from '../model/chat-template';
import { LANES } from './lane-count';
import { MAX_EXAMPLE_TOKENS, MAX_ROW_TOKENS, packRows, rowTokens } from './packing';

/** A micro-batch never holds more tokens than this: it bounds the memory of a step. */
const MAX_MICRO_BATCH_TOKENS = 1024;
/** The kernels work on whole blocks of this many tokens. */
const BLOCK = 16;
/** Looking at more steps than this makes the choice no better. */
const STEPS_LOOKED_AT = 48;

export interface RowShape {
  /** Tokens per row. */
  readonly length: number;
  /** Rows per micro-batch. */
  readonly rows: number;
}

/**
 * Picks the row length and the number of rows that waste the least: unfilled places cost as much as filled ones, and
 * attention costs the square of the length. Throws when an example is too long for any row.
 */
export function chooseRowShape(
  train: readonly EncodedChat[],
  validation: readonly EncodedChat[],
  batches: readonly (readonly number[])[],
): RowShape {
  let best: RowShape & { cost: number } = { length: MAX_ROW_TOKENS, rows: 1, cost: Number.POSITIVE_INFINITY };
  const looked = batches.slice(0, STEPS_LOOKED_AT);
  const shortest = shortestRow([...train, ...validation]);
  for (let length = shortest; length <= Math.min(MAX_ROW_TOKENS, 4 * shortest); length += BLOCK) {
    const rowsOfSteps = looked.map((batch) => packRows(train, batch, length).length);
    const most = Math.min(Math.max(...rowsOfSteps), Math.floor(MAX_MICRO_BATCH_TOKENS / length));
    for (let rows = 1; rows <= Math.max(1, most); rows++) {
      const turns = rowsOfSteps.map((used) => Math.ceil(Math.ceil(used / rows) / LANES));
      const cost = turns.reduce((sum, count) => sum + count, 0) * microBatchCost(rows, length);
      if (cost < best.cost) best = { length, rows, cost };
    }
  }
  return { length: best.length, rows: best.rows };
}

/** The shortest row that holds every example. Throws when one is too long for any row. */
export function shortestRow(examples: readonly EncodedChat[]): number {
  const longest = examples.reduce((max, example) => Math.max(max, rowTokens(example)), 1);
  if (longest > MAX_ROW_TOKENS) throw new RangeError(`An example has more than ${MAX_EXAMPLE_TOKENS} tokens.`);
  return Math.ceil(longest / BLOCK) * BLOCK;
}

/**
 * Relative time of a micro-batch, fitted to measurements of 64 to 384 tokens: attention grows with the length, moving
 * the weights in and out is fixed.
 */
function microBatchCost(rows: number, length: number): number {
  return rows * length * (1 + length / 550) + 90;
}
