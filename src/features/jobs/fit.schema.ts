import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { estimate } from './job.schema';

const count = z.number().int().nonnegative();

export const fitInput = z.object({ versionId: idSchema });

/** `after_cut`: once some examples are gone. */
export const fitVerdicts = ['fits', 'after_cut', 'no'] as const;

const fitFinding = z.object({
  reason: z.string(),
  /** `stops`: nothing can start; `cut`: examples have to go first; `note`: worth knowing. */
  kind: z.enum(['stops', 'cut', 'note']),
  /** What it is and the next step. */
  message: z.string(),
  /** Shows the examples in the preview: those of at least so many tokens, or of a kind; `count` of them are meant. */
  rows: z.object({ count, minTokens: count.optional(), flag: z.literal('tools').optional() }).nullable(),
});
export type FitFinding = z.infer<typeof fitFinding>;

/** Whether a version can be trained on one base model of one connection. */
const fitLine = z.object({
  connectionId: idSchema,
  connectionLabel: z.string(),
  baseModel: z.string(),
  label: z.string(),
  verdict: z.enum(fitVerdicts),
  findings: z.array(fitFinding),
  /** Examples that have to go, in all splits, each counted once. */
  cut: count,
  /** What is left to train on. */
  trainRows: count,
  trainTokens: z.number(),
  limits: z.object({
    /** Tokens of one example; null = not known. */
    tokens: z.number().int().nullable(),
    minExamples: count,
    maxExamples: count.nullable(),
    maxFileBytes: z.number(),
  }),
  tokenCount: z.object({ exact: z.boolean(), least: z.number(), most: z.number(), measured: z.string() }),
  epochs: z.object({ low: count, expected: count, high: count }),
  /** For the default hyperparameters and what is left. */
  estimate,
});
export type FitLine = z.infer<typeof fitLine>;

export const versionFit = z.object({
  versionId: idSchema,
  datasetId: idSchema,
  number: z.number().int(),
  trainRows: count,
  /** Those that take it as it is first, then those after a cut. */
  lines: z.array(fitLine),
});
export type VersionFit = z.infer<typeof versionFit>;
