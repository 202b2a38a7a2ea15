import { SPECIAL } from '../model/tokenizer';
import { indexOfMax } from '../model/vector-math';

export interface SamplingOptions {
  /** 0 always takes the most likely token. */
  readonly temperature: number;
  /** Only the most likely tokens that together have this probability are drawn from. */
  readonly topP: number;
  readonly random: () => number;
}

/** Picks the next token. `<end>` may be picked; a model can end its reply, never open a role. Changes `logits`. */
export function sample(logits: Float32Array, { temperature, topP, random }: SamplingOptions): number {
  for (let id = 0; id < SPECIAL.end; id++) logits[id] = Number.NEGATIVE_INFINITY;
  const best = indexOfMax(logits);
  if (temperature <= 0) return best;
  const max = logits[best] as number;
  const choices = Array.from(logits, (logit, id) => ({ id, share: Math.exp((logit - max) / temperature) }));
  choices.sort((a, b) => b.share - a.share);
  const total = choices.reduce((sum, { share }) => sum + share, 0);
  let kept = 0;
  let count = 0;
  for (const { share } of choices) {
    if (kept >= topP * total) break;
    kept += share;
    count++;
  }
  let left = random() * kept;
  for (const { id, share } of choices.slice(0, count)) {
    left -= share;
    if (left <= 0) return id;
  }
  return best;
}
