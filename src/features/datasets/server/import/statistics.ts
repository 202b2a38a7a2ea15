import { labelOfAnswer } from '../../label.rules';
import {
  DEFAULT_PLAN,
  SMALL_DATASET,
  type SplitBounds,
  type SplitPlan,
  splitBounds,
  splitByRank,
  splitOf,
  TRAIN,
} from '../../split.rules';
import { type ContentHash, toBigInt } from './content-hash';
import type { Conversation } from './conversation';
import type { Measured } from './measure-example';
import { Tally } from './tally';

interface Distinct {
  hash: ContentHash;
  split: number;
  rows: number;
  tokens: number;
  /** What it is an example of; 0 = unknown, or not asked for. */
  label: number;
}

/** What the checks of the whole example led to. */
export interface Verdict {
  flags: number;
  /** 0 to 100. */
  score: number;
  /** Content hash of the first example of those that are nearly the same, or ask the same: they stay on one side. */
  nearHash: ContentHash;
}

/** Sums over the examples a version keeps, and the side each example is on. Memory does not grow with the file. */
export class Statistics {
  private readonly tally = new Tally();
  /** Every distinct example while they are few (near copies count as one); null once the dataset is large enough for shares by hash. */
  private distinct: Map<bigint, Distinct> | null = new Map();

  private readonly labels = new Map<string | null, number>([[null, 0]]);

  constructor(
    private readonly seed: number,
    private readonly plan: SplitPlan = DEFAULT_PLAN,
  ) {}

  /** @returns the split to write the example with; `finish` says which ones have to move */
  add(conversation: Conversation, measured: Measured, { flags, score, nearHash }: Verdict): number {
    const { tokens, trainableTokens, assistantTurns } = measured;
    const split = splitOf(nearHash.low, this.seed, this.plan);
    this.tally.add({ tokens, trainableTokens, flags, score, assistantTurns, split }, 1);
    for (const role of conversation.roles) this.tally.addRole(role, 1);
    this.remember(nearHash, split, tokens, conversation);
    return split;
  }

  /** The side of a large dataset that examples with this near hash are on. */
  sideOf(nearHash: ContentHash): number {
    return splitOf(nearHash.low, this.seed, this.plan);
  }

  /** Whether rows are many enough for shares by hash: then none of them has to be known by itself. */
  get isLarge(): boolean {
    return this.distinct === null;
  }

  /** How the rows of a large dataset are dealt out. */
  get bounds(): SplitBounds {
    return splitBounds(this.seed, this.plan);
  }

  /** Adds up rows that the engine has taken: see assembly/rows/row-counts.ts. */
  addTaken(counts: Uint32Array): void {
    this.tally.addTaken(counts);
  }

  private remember(hash: ContentHash, split: number, tokens: number, conversation: Conversation): void {
    if (!this.distinct) return;
    const key = toBigInt(hash);
    const known = this.distinct.get(key);
    if (known) {
      known.rows++;
      known.tokens += tokens;
    } else this.distinct.set(key, { hash, split, rows: 1, tokens, label: this.labelOf(conversation) });
    if (this.distinct.size >= SMALL_DATASET) this.distinct = null;
  }

  private labelOf({ answer }: Conversation): number {
    if (!this.plan.stratify) return 0;
    const label = labelOfAnswer(answer.text);
    const number = this.labels.get(label) ?? this.labels.size;
    this.labels.set(label, number);
    return number;
  }

  /** Deals a small dataset out exactly, and sums up. */
  finish() {
    const moved = this.dealOut();
    return { ...this.tally.figures(), aggregates: this.tally.state(), moved };
  }

  private dealOut(): { hash: bigint; split: number }[] {
    const examples = [...(this.distinct?.values() ?? [])];
    const dealt = splitByRank(
      examples.map(({ hash }) => hash.low),
      this.seed,
      this.plan,
      this.plan.stratify ? examples.map(({ label }) => label) : undefined,
    );
    return examples.flatMap((example, i) => {
      const split = dealt[i] ?? TRAIN;
      if (split === example.split) return [];
      this.tally.move(example.split, -example.rows, -example.tokens);
      this.tally.move(split, example.rows, example.tokens);
      return [{ hash: toBigInt(example.hash), split }];
    });
  }
}
