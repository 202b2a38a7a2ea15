import type { VersionStats } from '../../dataset.schema';
import { exampleFlags, type FlagName } from '../../flag.rules';
import { signals } from '../../score.rules';

export interface SignalLine {
  flag: FlagName;
  /** Rows that show it, whether or not it counts. */
  rows: number;
  counts: boolean;
}

/** All signals, those of the most rows first, then those that cost most. */
export function signalLines({ flags = {} }: Pick<VersionStats, 'flags'>, off: readonly FlagName[]): SignalLine[] {
  return signals
    .map((flag) => ({ flag, rows: flags[flag] ?? 0, counts: !off.includes(flag) }))
    .sort((a, b) => b.rows - a.rows || exampleFlags[b.flag].deduction - exampleFlags[a.flag].deduction);
}

/** The signals that are off once one of them is switched. */
export const switched = (off: readonly FlagName[], flag: FlagName, counts: boolean): FlagName[] =>
  signals.filter((one) => (one === flag ? !counts : off.includes(one)));
