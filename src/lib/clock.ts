/** Time arrives as an argument wherever a decision depends on it, so tests can choose it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
