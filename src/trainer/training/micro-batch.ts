import type { EncodedChat } from '../model/chat-template';
import type { GraphShape } from './loss-graph';
import { type Row, rowTokens } from './packing';

const MASKED = -1e9;

/** A micro-batch as plain arrays, in the layout of `GraphInputs`. */
export interface MicroBatch {
  /** Input token of every position of every row; `<pad>` in unused places. */
  readonly ids: Int32Array;
  readonly bias: Float32Array;
  readonly keep: Float32Array;
  readonly select: Float32Array;
  readonly target: Int32Array;
  readonly weight: Float32Array;
  /** Sum of `weight`: what the summed loss is divided by. */
  readonly weightSum: number;
}

/** Lays out packed examples with a block-diagonal causal mask: no conversation sees its neighbour in the row. */
export function layOut(examples: readonly EncodedChat[], rows: readonly Row[], shape: GraphShape): MicroBatch {
  const { length, targets } = shape;
  const tokens = shape.rows * length;
  const ids = new Int32Array(tokens);
  const bias = new Float32Array(tokens * length).fill(MASKED);
  const keep = new Float32Array(tokens);
  const select = new Float32Array(targets * tokens);
  const target = new Int32Array(targets);
  const weight = new Float32Array(targets);
  let used = 0;
  let weightSum = 0;

  const place = (example: EncodedChat, row: number, from: number) => {
    const size = rowTokens(example);
    for (let i = 0; i < size; i++) {
      const at = row * length + from + i;
      ids[at] = example.ids[i] as number;
      keep[at] = i === 0 ? 0 : 1;
      bias.fill(0, at * length + from, at * length + from + i + 1);
      const share = example.weights[i + 1] as number;
      if (share <= 0) continue;
      select[used * tokens + at] = 1;
      target[used] = example.ids[i + 1] as number;
      weight[used] = share;
      weightSum += share;
      used++;
    }
    return size;
  };

  for (let row = 0; row < shape.rows; row++) {
    let from = 0;
    for (const index of rows[row] ?? []) from += place(examples[index] as EncodedChat, row, from);
    // padding looks at itself only: a row of nothing but masked places has no softmax
    for (; from < length; from++) bias[(row * length + from) * length + from] = 0;
  }
  return { ids, bias, keep, select, target, weight, weightSum };
}
