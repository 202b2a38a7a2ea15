import { exampleFlags, type FlagName } from '../../flag.rules';

const GOOD = 80;
const FAIR = 60;

/** Colour of a score. The number itself says it too. */
export function scoreTone(score: number | null): string {
  if (score === null) return 'text-faint';
  if (score >= GOOD) return 'text-muted';
  return score >= FAIR ? 'text-warn' : 'text-bad';
}

/** Flags that somebody should look at, the ones that cost most points first. */
export const notableFlags = (flags: readonly FlagName[]): FlagName[] =>
  flags
    .filter((flag) => flag === 'warning' || exampleFlags[flag].deduction > 0)
    .sort((a, b) => exampleFlags[b].deduction - exampleFlags[a].deduction);
