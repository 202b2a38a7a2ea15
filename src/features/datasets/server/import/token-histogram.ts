/** Counts up to here are kept one by one; longer examples share one overflow and the largest of them. */
const EXACT = 1 << 17;
const BUCKETS = 24;

/** The distribution of token counts in fixed memory (1 MB), with exact percentiles up to 131,072 tokens. */
export class TokenHistogram {
  private readonly counts = new Float64Array(EXACT);
  private total = 0;
  max = 0;

  add(tokens: number): void {
    const place = Math.min(tokens, EXACT - 1);
    this.counts[place] = (this.counts[place] as number) + 1;
    this.total++;
    if (tokens > this.max) this.max = tokens;
  }

  /** The smallest count that at least `share` (0..1) of the examples do not exceed. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.total));
    let seen = 0;
    for (let tokens = 0; tokens < EXACT - 1 && this.total > 0; tokens++) {
      seen += this.counts[tokens] as number;
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
}

/** The next of 1, 2, 5, 10, 20, 50 … so that edges are numbers people read at a glance. */
function roundWidth(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    const width = [1, 2, 5].map((step) => step * power).find((step) => step >= atLeast);
    if (width !== undefined) return width;
  }
}
