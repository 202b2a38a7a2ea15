import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import type { FitFinding, FitLine } from '../../fit.schema';

export interface FitDataset {
  id: string;
  versionId: string;
  /** Number of the version where it is not the one that the dataset opens with. */
  older: number | null;
}

/** What the badge says. */
export function verdictWords({ verdict, cut }: Pick<FitLine, 'verdict' | 'cut'>): string {
  if (verdict === 'fits') return 'fits';
  if (verdict === 'no') return 'does not fit';
  return `fits without ${formatCount(cut)} ${cut === 1 ? 'example' : 'examples'}`;
}

/** How many base models take a version, in one sentence. */
export function fitSentence(lines: readonly Pick<FitLine, 'verdict'>[]): string {
  const of = (verdict: FitLine['verdict']) => lines.filter((line) => line.verdict === verdict).length;
  const [all, fitting, after] = [lines.length, of('fits'), of('after_cut')];
  if (all === 1) {
    const takes =
      fitting === 1 ? 'takes it as it is' : after === 1 ? 'takes it once some examples are gone' : 'does not take it';
    return `The one base model there is ${takes}.`;
  }
  if (fitting === 0) {
    const later =
      after === 0 ? '' : ` as it is; ${formatCount(after)} ${after === 1 ? 'does' : 'do'} once some examples are gone`;
    return `None of the ${formatCount(all)} base models takes it${later}.`;
  }
  const more = after === 0 ? '' : `, ${formatCount(after)} more once some examples are gone`;
  return `${formatCount(fitting)} of ${formatCount(all)} base models ${fitting === 1 ? 'takes' : 'take'} it as it is${more}.`;
}

/** "estimated: −30 % to +70 %" */
export function countWords({ exact, least, most }: FitLine['tokenCount']): string {
  if (exact) return 'exact';
  const signed = (ratio: number) => `${ratio < 1 ? '−' : '+'}${formatPercent(Math.abs(ratio - 1))}`;
  return `estimated: ${least === 1 ? '0 %' : signed(least)} to ${signed(most)}`;
}

/** What a base model takes, as label and value. */
export function limitWords({ limits }: Pick<FitLine, 'limits'>): [string, string][] {
  const { tokens, minExamples, maxExamples, maxFileBytes } = limits;
  const most = maxExamples === null ? 'no limit is known' : `at most ${formatCount(maxExamples)}`;
  return [
    ['Longest example', tokens === null ? 'not known' : `${formatCount(tokens)} tokens`],
    ['Training examples', `at least ${formatCount(minExamples)}, ${most}`],
    ['Size of a file', `at most ${formatBytes(maxFileBytes)}`],
  ];
}

/** The preview with the examples that a finding is about. */
export function rowsHref({ id, older }: FitDataset, rows: NonNullable<FitFinding['rows']>): string {
  const query = new URLSearchParams();
  if (rows.minTokens !== undefined) query.set('min', String(rows.minTokens));
  if (rows.flag !== undefined) query.set('flag', rows.flag);
  if (older !== null) query.set('version', String(older));
  return `/dashboard/fine-tuning/datasets/${id}?${query}`;
}

/** The wizard with data and base model chosen. */
export function launchHref({ id, versionId }: FitDataset, line: Pick<FitLine, 'connectionId' | 'baseModel'>): string {
  const query = new URLSearchParams({
    ...{ dataset: id, version: versionId, connection: line.connectionId, model: line.baseModel },
  });
  return `/dashboard/fine-tuning/jobs/new?${query}`;
}
