import type { EncodedChat } from '../model/chat-template';

/** The longest row, in tokens. */
export const MAX_ROW_TOKENS = 512;
/** The longest conversation that fits: a row predicts every token but the first. */
export const MAX_EXAMPLE_TOKENS = MAX_ROW_TOKENS + 1;

/** A row of a micro-batch: the indices of the examples that share it. */
export type Row = readonly number[];

/** Tokens an example takes in a row. */
export function rowTokens(example: EncodedChat): number {
  return example.ids.length - 1;
}

/** Targets with loss in an example. */
export function lossTargets(example: EncodedChat): number {
  return example.weights.filter((weight) => weight > 0).length;
}

/** Packs examples into rows, longest first, each into the first row with room. The order is stable. */
export function packRows(examples: readonly EncodedChat[], chosen: readonly number[], length: number): Row[] {
  const size = (index: number) => rowTokens(examples[index] as EncodedChat);
  const rows: { used: number; members: number[] }[] = [];
  for (const index of [...chosen].sort((a, b) => size(b) - size(a) || a - b)) {
    const tokens = size(index);
    let row = rows.find((candidate) => candidate.used + tokens <= length);
    if (!row) {
      row = { used: 0, members: [] };
      rows.push(row);
    }
    row.members.push(index);
    row.used += tokens;
  }
  return rows.map((row) => row.members);
}

/** Cuts a list into pieces of at most `size`. */
export function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

/** The most targets with loss that any of the micro-batches has, rounded up to a multiple of 8. */
export function targetCapacity(examples: readonly EncodedChat[], microBatches: readonly Row[][]): number {
  let most = 1;
  for (const rows of microBatches) {
    const targets = rows.flat().reduce((sum, index) => sum + lossTargets(examples[index] as EncodedChat), 0);
    most = Math.max(most, targets);
  }
  return Math.ceil(most / 8) * 8;
}
