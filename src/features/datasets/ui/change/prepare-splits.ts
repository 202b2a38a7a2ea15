import type { DatasetChange } from '../../change.schema';
import type { VersionSummary } from '../../dataset.schema';

/** Percent of the rows that validation or held out can have. */
export const MOST_SHARE = 50;
const MOST_SEED = 2_147_483_647;

interface SplitPlan {
  /** As typed: percent of all rows. */
  validation: string;
  holdout: string;
  seed: string;
  stratify: boolean;
}

type Resplit = Extract<DatasetChange, { kind: 'resplit' }>;
type Errors = Partial<Record<'validation' | 'holdout' | 'seed', string>>;

const percent = (share: number): string => String(Number((share * 100).toFixed(4)));

/** What the fields begin with: how the version was dealt out. */
export const typedPlan = ({
  validationShare,
  holdoutShare,
  seed,
  stratify,
}: VersionSummary['splitPlan']): SplitPlan => ({
  ...{ validation: percent(validationShare), holdout: percent(holdoutShare), seed: String(seed), stratify },
});

/** Whether a change deals out as that plan does: then only rows that were moved by hand would go back. */
export const isPlan = (change: Resplit, plan: VersionSummary['splitPlan']): boolean =>
  change.validationShare === plan.validationShare &&
  change.holdoutShare === plan.holdoutShare &&
  change.stratify === plan.stratify &&
  change.seed === plan.seed;

function share(text: string): number | null {
  const value = Number(text.replace(',', '.').trim());
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= MOST_SHARE ? value / 100 : null;
}

/** What was typed as a change, or what is wrong with it, by field. */
export function resplitChange(plan: SplitPlan): { change: Resplit | null; errors: Errors } {
  const [validationShare, holdoutShare] = [share(plan.validation), share(plan.holdout)];
  const seed = /^\d{1,10}$/.test(plan.seed.trim()) ? Number(plan.seed) : null;
  const errors: Errors = {
    ...(validationShare === null && { validation: `A number from 0 to ${MOST_SHARE}.` }),
    ...(holdoutShare === null && { holdout: `A number from 0 to ${MOST_SHARE}.` }),
    ...((seed === null || seed > MOST_SEED) && { seed: `A whole number from 0 to ${MOST_SEED}.` }),
  };
  if (validationShare === null || holdoutShare === null || seed === null || errors.seed)
    return { change: null, errors };
  if (validationShare + holdoutShare >= 1)
    return { change: null, errors: { holdout: 'Some rows must be left for training.' } };
  return { change: { kind: 'resplit', validationShare, holdoutShare, seed, stratify: plan.stratify }, errors };
}

/** Rows per split that such shares lead to, to within what the content decides. */
export function expectedRows(rows: number, { validationShare, holdoutShare }: Resplit) {
  const validationRows = Math.round(rows * validationShare);
  const holdoutRows = Math.round(rows * holdoutShare);
  return { trainRows: Math.max(0, rows - validationRows - holdoutRows), validationRows, holdoutRows };
}
