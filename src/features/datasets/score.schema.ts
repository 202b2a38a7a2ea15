import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { flagNames } from './flag.rules';
import { isSignal } from './score.rules';

/** Signals that do not count. */
export const signalsOff = z
  .array(z.enum(flagNames).refine(isSignal, 'This costs no points, so it cannot be switched off.'))
  .max(flagNames.length);

export const scoresInput = z.object({ datasetId: idSchema, off: signalsOff.default([]) });
export type ScoresInput = z.infer<typeof scoresInput>;

/** The quality of the rows of one version, and how much was found in them that is neither an error nor a warning. */
const versionScore = z.object({
  versionId: idSchema,
  /** To one decimal. */
  mean: z.number(),
  /** Rows in each step of five points. */
  counts: z.array(z.number().int()),
  remarks: z.number().int(),
});
export type VersionScore = z.infer<typeof versionScore>;

/** Of each ready version; versions from before there was a score are left out. */
export const versionScores = z.array(versionScore);
