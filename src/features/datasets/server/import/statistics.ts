import type { VersionStats } from '../../dataset.schema';
import { exampleFlags, FLAG, type FlagName, flagNames } from '../../flag.rules';
import { SCORE_BUCKETS, scoreBucket } from '../../score.rules';
import { HOLDOUT, SMALL_DATASET, splitByRank, splitOf, TRAIN, VALIDATION } from '../../split.rules';
import { type ContentHash, toBigInt } from './content-hash';
import type { Example } from './example';
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

/** What the checks of the whole example led to. */
export interface Verdict {
  flags: number;
  /** 0 to 100. */
  score: number;
  /** Content hash of the first example of those that are nearly the same, or ask the same: they stay on one side. */
  nearHash: ContentHash;
}

const zero = (): SplitTotals => ({ rows: 0, tokens: 0 });

/** Sums over the examples a version keeps, and the side each example is on. Memory does not grow with the file. */
export class Statistics {
  private readonly tokens = new TokenHistogram();
  private readonly trainable = new TokenHistogram();
  private readonly roles = new Map<string, number>();
  private readonly turns = new Map<number, number>();
  private readonly bySplit = [zero(), zero(), zero()];
  private readonly scores = new Array<number>(SCORE_BUCKETS).fill(0);
  private readonly flagged = new Array<number>(32).fill(0);
  /** Every distinct example while they are few (near copies count as one); null once the dataset is large enough for shares by hash. */
  private distinct: Map<bigint, Distinct> | null = new Map();
  private readonly sums = {
    rows: 0,
    tokens: 0,
    trainableTokens: 0,
    withTools: 0,
    withSystem: 0,
    duplicates: 0,
    score: 0,
  };

  constructor(private readonly seed: number) {}

  /** @returns the split to write the example with; `finish` says which ones have to move */
  add(example: Example, measured: Measured, { flags, score, nearHash }: Verdict): number {
    const { tokens, trainableTokens, assistantTurns } = measured;
    const { sums } = this;
    sums.rows++;
    sums.tokens += tokens;
    sums.trainableTokens += trainableTokens;
    if (flags & FLAG.tools) sums.withTools++;
    if (flags & FLAG.system) sums.withSystem++;
    if (flags & FLAG.duplicate) sums.duplicates++;
    sums.score += score;
    const bucket = scoreBucket(score);
    this.scores[bucket] = (this.scores[bucket] ?? 0) + 1;
    for (let rest = flags; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      this.flagged[bit] = (this.flagged[bit] ?? 0) + 1;
    }
    this.tokens.add(tokens);
    this.trainable.add(trainableTokens);
    for (const { role } of example.messages) this.roles.set(role, (this.roles.get(role) ?? 0) + 1);
    this.turns.set(assistantTurns, (this.turns.get(assistantTurns) ?? 0) + 1);
    const split = splitOf(nearHash.low, this.seed);
    addTo(this.bySplit[split] as SplitTotals, 1, tokens);
    this.remember(nearHash, split, tokens);
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
    const { rows, tokens, trainableTokens, withTools, withSystem, duplicates, score } = this.sums;
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
      score: { mean: rows === 0 ? 0 : Math.round((score / rows) * 10) / 10, counts: this.scores },
      flags: this.flagTotals(),
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

  private flagTotals(): Partial<Record<FlagName, number>> {
    const totals = flagNames.map((name) => [name, this.flagged[exampleFlags[name].bit] ?? 0] as const);
    return Object.fromEntries(totals.filter(([, count]) => count > 0));
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
