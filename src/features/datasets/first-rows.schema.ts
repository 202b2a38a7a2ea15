import { z } from 'zod';

/** The first rows of a file that is still being checked. */
export const firstRows = z.object({
  rows: z.array(
    z.object({
      line: z.number().int(),
      /** False: an error keeps it out of the version. */
      kept: z.boolean(),
      /** Null for a row that stays out. */
      tokens: z.number().int().nullable(),
      /** Of a row that is no conversation its text. */
      question: z.string(),
      answer: z.string(),
      problems: z.array(
        z.object({ severity: z.enum(['error', 'warning', 'info']), path: z.string().nullable(), message: z.string() }),
      ),
    }),
  ),
  /** Whether `line` of a row is its number in a JSON list. */
  numbered: z.boolean(),
  /** These are all rows that the file has. */
  whole: z.boolean(),
  /** Why nothing of the file can be used. */
  refusal: z.string().nullable(),
});
export type FirstRows = z.infer<typeof firstRows>;
