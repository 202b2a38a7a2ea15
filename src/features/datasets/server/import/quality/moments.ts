/** Mean and spread of numbers as they come. Source: Welford, Technometrics 1962. */
export class Moments {
  count = 0;
  mean = 0;
  private squares = 0;

  add(value: number): void {
    this.count++;
    const before = value - this.mean;
    this.mean += before / this.count;
    this.squares += before * (value - this.mean);
  }

  get deviation(): number {
    return this.count > 1 ? Math.sqrt(this.squares / (this.count - 1)) : 0;
  }
}

const STEPS = 50;

/** How shares, numbers from 0 to 1, are distributed: in steps of two hundredths. */
export class Shares {
  count = 0;
  private readonly counts = new Int32Array(STEPS + 1);

  add(share: number): void {
    this.count++;
    const step = Math.round(share * STEPS);
    this.counts[step] = (this.counts[step] as number) + 1;
  }

  /** The share that half of the numbers do not exceed. */
  get median(): number {
    let seen = 0;
    for (let step = 0; step <= STEPS; step++) {
      seen += this.counts[step] as number;
      if (seen * 2 >= this.count) return step / STEPS;
    }
    return 1;
  }
}
