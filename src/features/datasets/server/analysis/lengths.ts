import type { Outliers, VersionAnalysis } from '../../analysis.schema';

const SHOWN_EACH = 10;
/** How many spreads of the middle half a value may lie outside of it. */
const REACH = 2;
/** Where lengths hardly differ, a difference of this ratio is no outlier all the same. */
const LEAST_RATIO = 1.25;

interface Place {
  id: string;
  line: number;
}

/** Lengths of the rows that were read, to find the ones far from all others. */
export class Lengths {
  private readonly places: Place[] = [];
  private readonly tokens: number[] = [];
  private readonly trainable: number[] = [];

  add(place: Place, tokens: number, trainable: number): void {
    this.places.push(place);
    this.tokens.push(tokens);
    this.trainable.push(trainable);
  }

  finish(): VersionAnalysis['lengths'] {
    const { places, tokens, trainable } = this;
    if (tokens.length === 0) return null;
    return { tokens: findOutliers(places, tokens), trainableTokens: findOutliers(places, trainable) };
  }
}

/** Lengths spread by ratio, not by difference, so the middle half and its spread are taken on a logarithmic scale. */
function findOutliers(places: readonly Place[], values: readonly number[]): Outliers {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number) => Math.log1p(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const [q1, q3] = [quantile(0.25), quantile(0.75)];
  const reach = REACH * Math.max(q3 - q1, Math.log(LEAST_RATIO));
  const low = Math.max(0, Math.floor(Math.expm1(q1 - reach)));
  const high = Math.ceil(Math.expm1(q3 + reach));
  const outside = places.flatMap(({ id, line }, i) => {
    const value = values[i] ?? 0;
    return value < low || value > high ? [{ id, line, value }] : [];
  });
  const below = outside.filter(({ value }) => value < low).sort((a, b) => a.value - b.value || a.line - b.line);
  const above = outside.filter(({ value }) => value > high).sort((a, b) => b.value - a.value || a.line - b.line);
  return {
    ...{ low, high, below: below.length, above: above.length },
    rows: [...above.slice(0, SHOWN_EACH), ...below.slice(0, SHOWN_EACH)],
  };
}
