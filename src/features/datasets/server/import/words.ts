import { describeProblem } from '../../problem.rules';

/** Stringifying a value of many megabytes for an excerpt of one line would cost more than it tells. */
const MAX_QUOTED_ROW = 100_000;

/** What stood at the place of a problem, as text; the report cuts it. Null: too large to quote. */
export function excerptOf(value: unknown, rowBytes: number): string | null {
  if (typeof value === 'string') return value.slice(0, 4000);
  return rowBytes > MAX_QUOTED_ROW ? null : (JSON.stringify(value) ?? null);
}

export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Why a file of which no row is left cannot become a version. */
export function nothingUsable(rejectedRows: number, totals: Record<string, number>): string {
  const errors = Object.entries(totals).filter(([code]) => describeProblem(code).severity === 'error');
  const [commonest] = errors.sort(([, a], [, b]) => b - a);
  const what = rejectedRows === 1 ? 'The only row cannot be used' : `None of the ${rejectedRows} rows can be used`;
  if (!commonest) return `${what}.`;
  const { title, fix } = describeProblem(commonest[0]);
  const times = commonest[1] === 1 ? 'once' : `${commonest[1]} times`;
  return `${what}. Most common: ${title.charAt(0).toLowerCase()}${title.slice(1)} (${times}). ${fix}`;
}
