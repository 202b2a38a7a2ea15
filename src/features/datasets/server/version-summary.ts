import { z } from 'zod';
import { changeRecord } from '../change.schema';
import { importProgress, type VersionSummary, versionSources } from '../dataset.schema';
import { versionStatuses } from '../dataset-words.rules';
import { datasetFormat } from '../formats/format.schema';
import { DEFAULT_PLAN } from '../split.rules';
import { splitPlan } from '../split.schema';

/** A row of dataset_versions, as far as people see it. */
export interface VersionRow {
  id: string;
  number: number;
  source: string;
  sourceLabel: string | null;
  fileName: string | null;
  bytes: bigint;
  sha256: string | null;
  format: unknown;
  rowsNumbered: boolean;
  splitSeed: number;
  splitPlan: unknown;
  status: string;
  statusReason: string | null;
  change: unknown;
  progress: unknown;
  rows: number;
  trainRows: number;
  validationRows: number;
  holdoutRows: number;
  tokens: bigint;
  trainableTokens: bigint;
  trainTokens: bigint;
  maxExampleTokens: number;
  problems: number;
  warnings: number;
  createdByLabel: string | null;
  createdAt: Date;
  readyAt: Date | null;
}

export const versionSelect = {
  ...{ id: true, number: true, source: true, sourceLabel: true, fileName: true, bytes: true, sha256: true },
  ...{ format: true, rowsNumbered: true, splitSeed: true, splitPlan: true },
  ...{
    status: true,
    statusReason: true,
    change: true,
    progress: true,
    rows: true,
    trainRows: true,
    validationRows: true,
  },
  ...{ holdoutRows: true, tokens: true, trainableTokens: true, trainTokens: true, maxExampleTokens: true },
  ...{ problems: true, warnings: true, createdByLabel: true, createdAt: true, readyAt: true },
} as const;

/** The record without the texts that it may hold: they belong to the rows. */
const changeMark = changeRecord.extend({ change: z.object({ kind: z.string() }) });

const toChange = ({ change, changed, added, removed }: z.infer<typeof changeMark>) => ({
  ...{ kind: change.kind, changed, added, removed },
});

/** Token sums are far below 2^53, so they leave as numbers. */
export function toVersionSummary(row: VersionRow): VersionSummary {
  const progress = importProgress.safeParse(row.progress);
  const change = changeMark.safeParse(row.change);
  // What somebody asked for may leave open how the rows are packed; only what was read says it.
  const format = datasetFormat.safeParse(row.format);
  const { splitSeed, splitPlan: storedPlan, ...plain } = row;
  const plan = splitPlan.safeParse(storedPlan);
  return {
    ...plain,
    source: versionSources.find((source) => source === row.source) ?? 'upload',
    status: versionStatuses.find((status) => status === row.status) ?? 'failed',
    bytes: Number(row.bytes),
    format: format.success ? format.data : null,
    splitPlan: { ...(plan.success ? plan.data : DEFAULT_PLAN), seed: splitSeed },
    change: change.success ? toChange(change.data) : null,
    progress: progress.success ? progress.data : null,
    tokens: Number(row.tokens),
    trainableTokens: Number(row.trainableTokens),
    trainTokens: Number(row.trainTokens),
  };
}
