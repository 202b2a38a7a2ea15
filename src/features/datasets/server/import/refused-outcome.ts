import type { FileRefusal } from './file-kind';
import { Findings } from './findings';
import type { ImportOutcome } from './import-outcome';
import { Statistics } from './statistics';

/** What is known of a file that could not be read at all, or not to its end: the reason, and no rows. */
export function refusedOutcome({ code, message }: FileRefusal): ImportOutcome {
  const findings = new Findings();
  findings.add(code, { line: null, message });
  const { rejectedRows, warnings, totals } = findings.summary;
  const { stats, ...sums } = new Statistics(0).finish();
  return {
    ...{
      ...sums,
      refusal: message,
      rejectedRows,
      warnings,
      findings: findings.kept,
      format: null,
      rowsNumbered: false,
    },
    stats: { ...stats, problems: totals, rejectedRows },
  };
}
