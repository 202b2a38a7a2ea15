const STEPS = 50;

/** How shares, numbers from 0 to 1, are distributed: in steps of two hundredths. */
export class Shares {
  count = 0;
  private readonly counts = new Int32Array(STEPS + 1);
  private known = 0;
  private next = 0;

  add(share: number): void {
    this.count++;
    const step = Math.round(share * STEPS);
    this.counts[step] = (this.counts[step] as number) + 1;
  }

  /** The share that half of the numbers do not exceed; worked out again when there are a hundredth more of them. */
  get median(): number {
    if (this.count < this.next) return this.known;
    this.next = this.count + Math.max(1, this.count / 100);
    let step = 0;
    for (let seen = this.counts[0] as number; seen * 2 < this.count; seen += this.counts[step] as number) step++;
    this.known = step / STEPS;
    return this.known;
  }
}
