import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { exampleListInput } from './dataset.schema';
import { splits } from './split.rules';
import { splitPlan, splitSeed } from './split.schema';

/** Which rows of a version a change is about; the filters of the preview, so that what is seen is what is changed. */
export const exampleFilter = exampleListInput.omit({
  ...{ datasetId: true, versionId: true, cursor: true, limit: true, sort: true },
});
export type ExampleFilter = z.infer<typeof exampleFilter>;

/** One example as a line of JSON. */
const body = z.string().min(2, 'Write the example as one JSON object.').max(1_000_000, 'At most 1 MB per example.');
const ids = z.array(idSchema).min(1).max(1000, 'At most 1,000 rows at once; use a filter for more.');

/**
 * What can be done to a version. Every one of them makes the next version and leaves this one as it is, so undoing is going
 * back to an older version. A version made by a change remembers it.
 */
export const datasetChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit'), id: idSchema, body }),
  z.object({
    ...{ kind: z.literal('add'), body, split: z.enum(splits).default('train') },
    /**
     * On which a row begins that was left out of the file, or its number in a JSON list (`rowsNumbered` of the version): the
     * example takes its place, and it is left out no more.
     */
    line: z.number().int().positive().optional(),
    /** Its number, when the file is a JSON list; left out: the first one of that line. */
    element: z.number().int().positive().optional(),
  }),
  z.object({ kind: z.literal('duplicate'), ids }),
  z.object({ kind: z.literal('delete'), ids }),
  z.object({ kind: z.literal('move'), ids, split: z.enum(splits) }),
  z.object({ kind: z.literal('deleteMatching'), filter: exampleFilter }),
  z.object({ kind: z.literal('moveMatching'), filter: exampleFilter, split: z.enum(splits) }),
  /** An empty text removes system prompts. */
  z.object({ kind: z.literal('replaceSystemPrompt'), text: z.string().max(100_000), filter: exampleFilter }),
  /** White space around every message goes. */
  z.object({ kind: z.literal('trim'), filter: exampleFilter }),
  /** Secrets and personal data become words such as [mail address]. */
  z.object({ kind: z.literal('redact'), filter: exampleFilter }),
  /** The safe repair of one kind of problem, wherever it was found. */
  z.object({ kind: z.literal('fix'), code: z.string().max(80) }),
  /** Deals every row out anew. */
  splitPlan.extend({ kind: z.literal('resplit'), seed: splitSeed }),
  /** The next version has exactly the rows of that older one. */
  z.object({ kind: z.literal('goBack'), number: z.number().int().positive() }),
]);
export type DatasetChange = z.infer<typeof datasetChange>;

export const changeInput = z.object({
  datasetId: idSchema,
  /** The version that was looked at; a newer one in between is a conflict, because the rows may be others. */
  versionId: idSchema,
  change: datasetChange,
});
export type ChangeInput = z.infer<typeof changeInput>;

/** What a version keeps of the change that made it. */
export const changeRecord = z.object({
  change: datasetChange,
  /** Rows that are other than in the version before, that came, and that went. */
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
});
export type ChangeRecord = z.infer<typeof changeRecord>;

/**
 * What a change would do, before it is made. Counts are true totals, unless they are said to be estimates; samples are the
 * first rows it touches. Tokens are those of the touched rows.
 */
export const changePreview = z.object({
  matched: z.number().int(),
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  tokensBefore: z.number(),
  tokensAfter: z.number(),
  /** Too many rows to look at while somebody waits: counts are projected from the first of them. */
  estimated: z.boolean(),
  samples: z
    .array(
      z.object({
        line: z.number().int(),
        split: z.object({ before: z.enum(splits).nullable(), after: z.enum(splits).nullable() }),
        /** Null: the row is not there on that side. */
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    )
    .max(20),
  /** What is wrong with the result, in words; nothing is made while this is not empty. */
  problems: z.array(z.object({ path: z.string().nullable(), message: z.string() })),
  /** Of a change of one row: what an import would warn of, as far as the row alone tells. It is made all the same. */
  warnings: z.array(z.object({ path: z.string().nullable(), message: z.string() })),
});
export type ChangePreview = z.infer<typeof changePreview>;

/** The version a change made. Large changes go on in the background: the version is then `importing` first. */
export const changeMade = z.object({
  datasetId: idSchema,
  versionId: idSchema,
  number: z.number().int(),
  status: z.enum(['importing', 'ready', 'pending']),
});
export type ChangeMade = z.infer<typeof changeMade>;
