import type { ExampleDetail, ExampleSummary } from '../../dataset.schema';
import { exampleFlags, type FlagName } from '../../flag.rules';
import { countedFlags, explain, scoreOf, signalBits } from '../../score.rules';

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

/**
 * A row with the score it has when some signals do not count, which then are not shown of it either. What the server stores is
 * of all signals; a row's flags are all that its score is made of, so nothing has to be asked for.
 */
export function withoutSignals(example: ExampleSummary, off: ReadonlySet<FlagName>): ExampleSummary {
  if (off.size === 0) return example;
  const flags = countedFlags(example.flags, off);
  return { ...example, flags, score: example.score === null ? null : scoreOf(signalBits(flags)) };
}

/** The same for an example that is read, with what it still loses points for, and which of its signals do not count. */
export function detailWithoutSignals(example: ExampleDetail, off: ReadonlySet<FlagName>) {
  const ignored = example.flags.filter((flag) => off.has(flag));
  if (ignored.length === 0) return { example, ignored };
  const rest = withoutSignals(example, off);
  const reasons = example.score === null ? [] : explain(signalBits(rest.flags));
  return { example: { ...example, ...rest, reasons }, ignored };
}
