/** Counts up to here are kept in an array; longer examples are rare and go by themselves. */
const EXACT = 1 << 17;
const BUCKETS = 24;

/** The distribution of token counts: 1 MB of memory, exact percentiles, and it can take back what was added. */
export class TokenHistogram {
  private readonly counts = new Float64Array(EXACT);
  private readonly longer = new Map<number, number>();
  private total = 0;
  private largest = 0;

  /** @param sparse  what `sparse` gave */
  static from(sparse: readonly number[]): TokenHistogram {
    const histogram = new TokenHistogram();
    for (const [tokens, count] of ofSparse(sparse)) histogram.add(tokens, count);
    return histogram;
  }

  /** @param times  how often; a negative number takes back */
  add(tokens: number, times = 1): void {
    if (tokens < EXACT) this.counts[tokens] = (this.counts[tokens] as number) + times;
    else this.longer.set(tokens, (this.longer.get(tokens) ?? 0) + times);
    this.total += times;
    if (times > 0 && tokens > this.largest) this.largest = tokens;
  }

  get max(): number {
    while (this.largest > 0 && this.at(this.largest) <= 0) this.largest = this.below(this.largest);
    return this.largest;
  }

  /** All of it as numbers: the distance from the count before, then how many have this count, and so on. */
  sparse(): number[] {
    const list: number[] = [];
    let before = 0;
    for (const [tokens, count] of this.entries()) {
      list.push(tokens - before, count);
      before = tokens;
    }
    return list;
  }

  /** The smallest count that at least `share` (0..1) of the examples do not exceed. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.total));
    let seen = 0;
    for (const [tokens, count] of this.entries()) {
      seen += count;
      if (seen >= wanted) return tokens;
    }
    return this.max;
  }

  /** At most 25 buckets of a round width; the last one reaches to the longest example. */
  buckets(): { edges: number[]; counts: number[] } {
    if (this.total === 0) return { edges: [], counts: [] };
    const width = roundWidth(this.percentile(0.99) / BUCKETS);
    const edges: number[] = [];
    const counts: number[] = [];
    let rest = this.total;
    for (let edge = width, from = 0; rest > 0; from = edge + 1, edge += width) {
      const last = edges.length >= BUCKETS || edge >= EXACT - 1;
      let inside = 0;
      for (let tokens = from; tokens <= edge && tokens < EXACT; tokens++) inside += this.counts[tokens] as number;
      edges.push(last ? this.max : edge);
      counts.push(last ? rest : inside);
      rest -= last ? rest : inside;
    }
    return { edges, counts };
  }

  private at(tokens: number): number {
    return (tokens < EXACT ? this.counts[tokens] : this.longer.get(tokens)) ?? 0;
  }

  private below(tokens: number): number {
    if (tokens <= EXACT) return tokens - 1;
    return Math.max(EXACT - 1, ...[...this.longer.keys()].filter((other) => other < tokens));
  }

  /** Ascending, without what nobody has. */
  private *entries(): Generator<[tokens: number, count: number]> {
    for (let tokens = 0; tokens < EXACT && tokens <= this.largest; tokens++) {
      const count = this.counts[tokens] as number;
      if (count > 0) yield [tokens, count];
    }
    const longer = [...this.longer].filter(([, count]) => count > 0);
    yield* longer.sort(([a], [b]) => a - b);
  }
}

/** Ascending counts of tokens and how many examples have each, out of what `sparse` gave. */
export function* ofSparse(sparse: readonly number[]): Generator<[tokens: number, count: number]> {
  for (let i = 0, tokens = 0; i < sparse.length; i += 2) {
    tokens += sparse[i] ?? 0;
    yield [tokens, sparse[i + 1] ?? 0];
  }
}

/** The next of 1, 2, 5, 10, 20, 50 … so that edges are numbers people read at a glance. */
function roundWidth(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    const width = [1, 2, 5].map((step) => step * power).find((step) => step >= atLeast);
    if (width !== undefined) return width;
  }
}
