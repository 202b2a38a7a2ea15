import type { JobResult } from './job-step';
import type { Proof } from './model-step';
import type { Dataset, Score } from './shapes';

/** The one line of `--json`. */
export interface Summary {
  dataset: { id: string; rows: number; trainRows: number; holdoutRows: number; tokens: number; problems: number };
  job: { id: string; status: string; seconds: number };
  base: Score;
  tuned: Score;
}

export function summarise({ id, version }: Dataset, job: JobResult, { base, tuned }: Proof): Summary {
  const { rows, trainRows, holdoutRows, tokens, problems } = version;
  return {
    dataset: { id, rows, trainRows, holdoutRows, tokens, problems },
    job: { id: job.id, status: job.status, seconds: job.seconds },
    base,
    tuned,
  };
}

/**
 * Whether the tuned model is better: by right answers where both were asked, else by loss. Equal is not better, and
 * what was not measured proves nothing.
 */
export function beats(tuned: Score, base: Score): boolean {
  if (tuned.exactMatch !== null && base.exactMatch !== null) return tuned.exactMatch > base.exactMatch;
  if (tuned.loss !== null && base.loss !== null) return tuned.loss < base.loss;
  return false;
}
