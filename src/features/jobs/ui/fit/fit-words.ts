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
