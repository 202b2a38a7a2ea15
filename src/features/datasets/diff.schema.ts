import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput, pageOf } from '@/lib/keyset';
import { exampleSummary } from './dataset.schema';
import { diffKinds } from './diff.rules';

/** Any two versions of one dataset, in any order: what `to` has and `from` has not is added. */
export const diffInput = z.object({ datasetId: idSchema, fromId: idSchema, toId: idSchema });
export type DiffInput = z.infer<typeof diffInput>;

/** Figures of one version that are worth comparing. */
const versionFigures = z.object({
  rows: z.number().int(),
  trainRows: z.number().int(),
  validationRows: z.number().int(),
  holdoutRows: z.number().int(),
  tokens: z.number(),
  trainableTokens: z.number(),
  /** Tokens of the training split alone: what a provider bills per epoch. */
  trainTokens: z.number(),
  /** Tokens per example; null when the version has no statistics. */
  percentiles: z.object({ p50: z.number(), p90: z.number(), p99: z.number(), max: z.number() }).nullable(),
  /** Rows that were left out because of an error, and warnings. */
  problems: z.number().int(),
  warnings: z.number().int(),
});
export type VersionFigures = z.infer<typeof versionFigures>;

const perKind = z.object({
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  moved: z.number().int(),
});

const side = z.object({
  id: idSchema,
  number: z.number().int(),
  /** Whether `line` of its rows is their number in a JSON list. */
  rowsNumbered: z.boolean(),
});

export const versionDiff = z.object({
  from: side,
  to: side,
  /** True totals. */
  counts: perKind,
  /** How many of them `diffRows` lists: fewer than `counts` only when the versions differ in very many rows. */
  listed: perKind,
  /** False when so many rows differ that rows were paired by their place in the file alone. */
  pairedByText: z.boolean(),
  figures: z.object({ before: versionFigures, after: versionFigures }),
});
export type VersionDiff = z.infer<typeof versionDiff>;

export const diffRowsInput = pageInput.extend({ ...diffInput.shape, kind: z.enum(diffKinds) });
export type DiffRowsInput = z.infer<typeof diffRowsInput>;

/** One row that differs; null: it is not there on that side. */
export const diffRow = z.object({
  before: exampleSummary.nullable(),
  after: exampleSummary.nullable(),
});
export type DiffRow = z.infer<typeof diffRow>;
export const diffRowPage = pageOf(diffRow);
