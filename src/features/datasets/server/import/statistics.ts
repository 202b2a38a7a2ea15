import type { VersionStats } from '../../dataset.schema';
import { HOLDOUT, SMALL_DATASET, splitByRank, splitOf, TRAIN, VALIDATION } from '../../split.rules';
import { type ContentHash, toBigInt } from './content-hash';
import { type Example, FLAG } from './example';
import type { Measured } from './measure-example';
import { TokenHistogram } from './token-histogram';

interface SplitTotals {
  rows: number;
  tokens: number;
}

interface Distinct extends SplitTotals {
  hash: ContentHash;
  split: number;
}

const zero = (): SplitTotals => ({ rows: 0, tokens: 0 });

/** Sums over the examples a version keeps, and the side each example is on. Memory does not grow with the file. */
export class Statistics {
  private readonly tokens = new TokenHistogram();
  private readonly trainable = new TokenHistogram();
  private readonly roles = new Map<string, number>();
  private readonly turns = new Map<number, number>();
  private readonly bySplit = [zero(), zero(), zero()];
  /** Every distinct example while they are few; null once the dataset is large enough for shares by hash. */
  private distinct: Map<bigint, Distinct> | null = new Map();
  private readonly sums = { rows: 0, tokens: 0, trainableTokens: 0, withTools: 0, withSystem: 0, duplicates: 0 };

  constructor(private readonly seed: number) {}

  /** @returns the split to write the example with; `finish` says which ones have to move */
  add(example: Example, measured: Measured, isDuplicate: boolean): number {
    const { tokens, trainableTokens, flags, assistantTurns, hash } = measured;
    const { sums } = this;
    sums.rows++;
    sums.tokens += tokens;
    sums.trainableTokens += trainableTokens;
    if (flags & FLAG.tools) sums.withTools++;
    if (flags & FLAG.system) sums.withSystem++;
    if (isDuplicate) sums.duplicates++;
    this.tokens.add(tokens);
    this.trainable.add(trainableTokens);
    for (const { role } of example.messages) this.roles.set(role, (this.roles.get(role) ?? 0) + 1);
    this.turns.set(assistantTurns, (this.turns.get(assistantTurns) ?? 0) + 1);
    const split = splitOf(hash.low, this.seed);
    addTo(this.bySplit[split] as SplitTotals, 1, tokens);
    this.remember(hash, split, tokens);
    return split;
  }

  private remember(hash: ContentHash, split: number, tokens: number): void {
    if (!this.distinct) return;
    const key = toBigInt(hash);
    const known = this.distinct.get(key);
    if (known) addTo(known, 1, tokens);
    else this.distinct.set(key, { hash, split, rows: 1, tokens });
    if (this.distinct.size >= SMALL_DATASET) this.distinct = null;
  }

  /** Deals a small dataset out exactly, and sums up. */
  finish() {
    const moved = this.dealOut();
    const [train, validation, holdout] = [TRAIN, VALIDATION, HOLDOUT].map((split) => this.bySplit[split] ?? zero());
    const { rows, tokens, trainableTokens, withTools, withSystem, duplicates } = this.sums;
    const stats: Omit<VersionStats, 'problems' | 'rejectedRows'> = {
      tokens: this.tokens.buckets(),
      trainableTokens: this.trainable.buckets(),
      percentiles: {
        p50: this.tokens.percentile(0.5),
        p90: this.tokens.percentile(0.9),
        p99: this.tokens.percentile(0.99),
        max: this.tokens.max,
      },
      roles: Object.fromEntries(this.roles),
      turns: Object.fromEntries(this.turns),
      ...{ withTools, withSystem, duplicates },
    };
    return {
      ...{ rows, tokens, trainableTokens, stats, moved },
      trainRows: train?.rows ?? 0,
      validationRows: validation?.rows ?? 0,
      holdoutRows: holdout?.rows ?? 0,
      trainTokens: train?.tokens ?? 0,
      maxExampleTokens: this.tokens.max,
    };
  }

  private dealOut(): { hash: bigint; split: number }[] {
    const examples = [...(this.distinct?.values() ?? [])];
    const dealt = splitByRank(
      examples.map(({ hash }) => hash.low),
      this.seed,
    );
    return examples.flatMap((example, i) => {
      const split = dealt[i] ?? TRAIN;
      if (split === example.split) return [];
      addTo(this.bySplit[example.split] as SplitTotals, -example.rows, -example.tokens);
      addTo(this.bySplit[split] as SplitTotals, example.rows, example.tokens);
      return [{ hash: toBigInt(example.hash), split }];
    });
  }
}

function addTo(totals: SplitTotals, rows: number, tokens: number): void {
  totals.rows += rows;
  totals.tokens += tokens;
}
