import { z } from 'zod';
import { idSchema } from '@/lib/ids';

export const leftOutRowInput = z.object({
  datasetId: idSchema,
  /** Of a file, or of any change since. */
  versionId: idSchema,
  /** On which it begins in its file; of a JSON list its number there (`rowsNumbered` of the version). */
  line: z.number().int().positive(),
  /** Its number, when the file is a JSON list; left out: the first one with that line. */
  element: z.number().int().positive().optional(),
});
export type LeftOutRowInput = z.infer<typeof leftOutRowInput>;

/** A row of a file that an import left out, as it stands there. */
export const leftOutRow = z.object({
  line: z.number().int(),
  element: z.number().int().nullable(),
  /** The line on which it begins. */
  startsOn: z.number().int(),
  text: z.string(),
  /** False: only its beginning, because it is very long. */
  isWhole: z.boolean(),
  /** The names of the columns, when the file is a table. */
  header: z.string().nullable(),
});
export type LeftOutRow = z.infer<typeof leftOutRow>;

export const leftOutQuery = z.object({
  /** Number of the version. */
  version: z.coerce.number().int().positive().max(2_147_483_647),
});
