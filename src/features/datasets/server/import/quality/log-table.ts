const STEPS = 8;
const logs = Float64Array.from({ length: 1 << 13 }, (_, i) => Math.log(i / STEPS + 0.5));

/** Natural logarithm of a count, from 0 on, plus one half; in steps of an eighth where the count is no whole number. */
export const logOf = (count: number): number =>
  count < 1000 ? (logs[(count * STEPS) | 0] as number) : Math.log(count + 0.5);
