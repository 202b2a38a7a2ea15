import { createParser } from 'nuqs';

/** Numbers of two versions: what became of `from` in `to`. */
export interface Comparison {
  from: number;
  to: number;
}

/** As the address says it: "3..5". */
export const comparisonText = ({ from, to }: Comparison): string => `${from}..${to}`;

/** Null for anything else than two numbers of versions. */
export function readComparison(text: string): Comparison | null {
  const [, from, to] = /^([1-9]\d{0,8})\.\.([1-9]\d{0,8})$/.exec(text) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
}

export const comparisonParser = createParser({ parse: readComparison, serialize: comparisonText });

/** The address that opens a comparison, for links. */
export const comparisonHref = (comparison: Comparison): string => `?tab=versions&compare=${comparisonText(comparison)}`;
