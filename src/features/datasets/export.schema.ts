import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { splits } from './split.rules';

export const exportFormats = ['jsonl', 'csv', 'parquet', 'training'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportSplits = ['all', ...splits] as const;
export type ExportSplit = (typeof exportSplits)[number];

/** Yes or no as an address says it. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => [true, 'true', '1'].includes(value));

/** Which file of a version: the same answers give the same bytes every time. */
export const exportChoice = z.object({
  /** Number of the version; left out = the one people work with. */
  version: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  /** jsonl: lines as they are stored. training: what a provider would get. */
  format: z.enum(exportFormats).default('jsonl'),
  /** Left out = all rows; for "training" the training side. */
  split: z.enum(exportSplits).optional(),
  gzip: flag.default(false),
  /** Begins a CSV with the mark by which spreadsheets know UTF-8. */
  bom: flag.default(false),
});
export type ExportChoice = z.infer<typeof exportChoice>;

export const exportQuery = exportChoice.extend({
  /** Reads the rows once more, before the answer, so that its headers tell size and SHA-256. */
  checksum: flag.default(false),
});

export const exportDigestInput = exportChoice.extend({ datasetId: idSchema });
export type ExportDigestInput = z.infer<typeof exportDigestInput>;

/** The file as it will be sent: packed, when packing was asked for. */
export const exportDigest = z.object({
  fileName: z.string(),
  rows: z.number().int(),
  bytes: z.number(),
  sha256: z.string(),
});
export type ExportDigest = z.infer<typeof exportDigest>;
