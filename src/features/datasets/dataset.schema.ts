import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput, pageOf } from '@/lib/keyset';
import { datasetSorts, versionStatuses } from './dataset-words.rules';
import { exampleSorts } from './example-sort.rules';
import { filterRoles, flagNames } from './flag.rules';
import { datasetFormat, formatChoice } from './formats/format.schema';
import { signalsOff } from './score.schema';
import { splits } from './split.rules';
import { splitPlan, splitSeed } from './split.schema';

export const versionSources = ['upload', 'paste', 'api', 'conversations', 'sample', 'edit'] as const;

/** Where a running import stands. Rates and time left are computed by whoever shows it. */
export const importProgress = z.object({
  /** Bytes read so far, and in the whole file. */
  bytes: z.number().int().nonnegative(),
  totalBytes: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  /** Rows to go through, where that is known: a change of many rows has no bytes to read. */
  totalRows: z.number().int().nonnegative().optional(),
  problems: z.number().int().nonnegative(),
  startedAt: z.iso.datetime(),
});
export type ImportProgress = z.infer<typeof importProgress>;

const histogram = z.object({
  /** Upper edge of each bucket, in tokens; counts has the same length. */
  edges: z.array(z.number()),
  counts: z.array(z.number().int()),
});

/** Statistics of one version, over the examples it kept. Token counts are exact (o200k_base). */
export const versionStats = z.object({
  tokens: histogram,
  trainableTokens: histogram,
  /** Tokens per example. */
  percentiles: z.object({ p50: z.number(), p90: z.number(), p99: z.number(), max: z.number() }),
  /** Messages by role, and examples by number of assistant turns. */
  roles: z.record(z.string(), z.number().int()),
  turns: z.record(z.string(), z.number().int()),
  withTools: z.number().int(),
  withSystem: z.number().int(),
  duplicates: z.number().int(),
  /** Mean score and how many examples are in each step of five points; versions from before there was a score lack it. */
  score: z.object({ mean: z.number(), counts: z.array(z.number().int()) }).optional(),
  /** Examples by flag; flags that none has are left out. */
  flags: z.partialRecord(z.enum(flagNames), z.number().int()).optional(),
  /** True totals of every problem found, by code: also where only some places were kept. */
  problems: z.record(z.string(), z.number().int()),
  /** Rows that stayed out because of an error. */
  rejectedRows: z.number().int(),
});
export type VersionStats = z.infer<typeof versionStats>;

export const versionSummary = z.object({
  id: idSchema,
  number: z.number().int(),
  source: z.enum(versionSources),
  sourceLabel: z.string().nullable(),
  fileName: z.string().nullable(),
  bytes: z.number(),
  sha256: z.string().nullable(),
  /** What the file was read as; null before that, and for a version that was made out of the one before. */
  format: datasetFormat.nullable(),
  /** Whether `line` of its examples and problems is their number in a JSON list, which may have all of them on one line. */
  rowsNumbered: z.boolean(),
  /** How rows are dealt out, by this version and by the next import; rows may have been moved by hand since. */
  splitPlan: splitPlan.extend({ seed: splitSeed }),
  status: z.enum(versionStatuses),
  /** Why it failed or was cancelled, in words for a person. */
  statusReason: z.string().nullable(),
  /** For a version that was made out of the one before: what was done (`edit`, `trim`, …), and to how many rows. */
  change: z
    .object({ kind: z.string(), changed: z.number().int(), added: z.number().int(), removed: z.number().int() })
    .nullable(),
  progress: importProgress.nullable(),
  rows: z.number().int(),
  trainRows: z.number().int(),
  validationRows: z.number().int(),
  holdoutRows: z.number().int(),
  tokens: z.number(),
  trainableTokens: z.number(),
  /** Tokens of the training split alone: what a provider bills per epoch. */
  trainTokens: z.number(),
  maxExampleTokens: z.number().int(),
  /** Rows with an error (left out), and warnings. */
  problems: z.number().int(),
  warnings: z.number().int(),
  createdByLabel: z.string().nullable(),
  createdAt: z.date(),
  readyAt: z.date().nullable(),
});
export type VersionSummary = z.infer<typeof versionSummary>;

export const datasetSummary = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  /** The version people work with: the newest ready one, else the newest. */
  version: versionSummary,
  /** A newer version that is still being imported, or failed. */
  pending: versionSummary.nullable(),
  versions: z.number().int(),
  jobs: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

export const datasetDetail = datasetSummary.extend({
  /** Newest first. */
  history: z.array(versionSummary),
  /** Quality signals that people have switched off here; stored scores are of all signals. */
  signalsOff,
  stats: versionStats.nullable(),
  usedBy: z.array(z.object({ id: idSchema, name: z.string(), status: z.string(), version: z.number().int() })),
});
export type DatasetDetail = z.infer<typeof datasetDetail>;

export const datasetListInput = pageInput.extend({
  search: z.string().trim().max(100).optional(),
  status: z.enum(versionStatuses).optional(),
  sort: z.enum(datasetSorts).default('newest'),
});
export type DatasetListInput = z.infer<typeof datasetListInput>;

export const datasetName = z
  .string()
  .trim()
  .min(1, 'Give the dataset a name.')
  .max(120, 'At most 120 characters.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name must not have
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'A name has no line breaks or control characters.');

export const datasetUpdateInput = z.object({
  id: idSchema,
  name: datasetName.optional(),
  description: z.string().trim().max(500).nullable().optional(),
  signalsOff: signalsOff.optional(),
});
export type DatasetUpdateInput = z.infer<typeof datasetUpdateInput>;

/** An uploaded file becomes a new dataset, or the next version of `datasetId`. The same key twice is one import. */
export const importFileInput = z.object({
  fileKey: z.string().min(1).max(500),
  fileName: z.string().min(1).max(255),
  datasetId: idSchema.optional(),
  name: datasetName.optional(),
  /** What the file is; left out = it is found out when it is read. */
  format: formatChoice.optional(),
});
export type ImportFileInput = z.infer<typeof importFileInput>;

export const importTextInput = z.object({
  text: z.string().min(1, 'Paste at least one line.').max(4_000_000, 'Upload a file for more than 4 MB.'),
  datasetId: idSchema.optional(),
  name: datasetName.optional(),
  format: formatChoice.optional(),
});
export type ImportTextInput = z.infer<typeof importTextInput>;

export const importStarted = z.object({ datasetId: idSchema, versionId: idSchema });
export type ImportStarted = z.infer<typeof importStarted>;

export const versionRef = z.object({ datasetId: idSchema, versionId: idSchema });

export const exampleListInput = pageInput.extend({
  datasetId: idSchema,
  versionId: idSchema,
  split: z.enum(splits).optional(),
  /** Words in the text of the example. */
  search: z.string().trim().max(200).optional(),
  flag: z.enum(flagNames).optional(),
  /** Signals that do not count: a row whose warnings are all theirs has no flag `warning`. */
  off: signalsOff.optional(),
  /** Only conversations with a message of this role. */
  role: z.enum(filterRoles).optional(),
  /** Rows of versions that were made before there was a score have none, and match no bound. */
  minScore: z.number().int().min(0).max(100).optional(),
  maxScore: z.number().int().min(0).max(100).optional(),
  minTokens: z.number().int().nonnegative().optional(),
  maxTokens: z.number().int().nonnegative().optional(),
  /** Only the example of this line of its file, or with this number in its list. */
  line: z.number().int().positive().optional(),
  /** Only these examples. */
  ids: z.array(idSchema).min(1).max(1000, 'At most 1,000 rows at once; use a filter for more.').optional(),
  /** Left out: in file order. */
  sort: z.enum(exampleSorts).optional(),
});
export type ExampleListInput = z.infer<typeof exampleListInput>;

export const exampleSummary = z.object({
  id: idSchema,
  /** On which it begins in its file, or its number in a JSON list: see `rowsNumbered` of its version. */
  line: z.number().int(),
  split: z.enum(splits),
  tokens: z.number().int(),
  trainableTokens: z.number().int(),
  flags: z.array(z.enum(flagNames)),
  /** Quality, 0 to 100; null for rows from before there was a score. */
  score: z.number().int().nullable(),
  firstUserText: z.string(),
  lastAnswer: z.string(),
});
export type ExampleSummary = z.infer<typeof exampleSummary>;

export const exampleDetail = exampleSummary.extend({
  /** What the score lost points for: negative points and a sentence each, most points first. */
  reasons: z.array(z.object({ flag: z.enum(flagNames), points: z.number().int(), reason: z.string() })),
  /** The line as it arrived. */
  body: z.string(),
  messages: z.array(
    z.object({
      role: z.string(),
      text: z.string(),
      /** The same, one text for each part of the content. */
      parts: z.array(z.string()),
      name: z.string().nullable(),
      /** Tool calls as they stood. */
      toolCalls: z.array(z.object({ name: z.string(), arguments: z.string() })),
      /** Whether the model learns to give this message. */
      trained: z.boolean(),
    }),
  ),
});
export type ExampleDetail = z.infer<typeof exampleDetail>;

const problem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** As of the example. */
  line: z.number().int().nullable(),
  /** Of a row that was left out of a JSON list: its number there. */
  element: z.number().int().nullable(),
  path: z.string().nullable(),
  message: z.string(),
  excerpt: z.string().nullable(),
  /** Number of the newer version to which the row was added after all; of a row that was left out. */
  addedIn: z.number().int().nullable(),
});

/** All problems of one version, grouped by code with true totals; each group shows its first places. */
export const validationReport = z.object({
  datasetId: idSchema,
  versionId: idSchema,
  status: z.enum(versionStatuses),
  statusReason: z.string().nullable(),
  rows: z.number().int(),
  rejectedRows: z.number().int(),
  /** Whether `line` of a place is the number of a row in a JSON list. */
  rowsNumbered: z.boolean(),
  /** The file that rows were left out of, of this version or of one that it was made of; null when it cannot be read. */
  file: z.object({ version: z.number().int(), name: z.string(), format: datasetFormat }).nullable(),
  groups: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      title: z.string(),
      fix: z.string(),
      /** Whether its rows can be set right safely: a change of the kind `fix`. */
      fixable: z.boolean(),
      /** Rows that this changes; null: not known without a look at them, which the preview of the change takes. */
      fixableRows: z.number().int().nullable(),
      total: z.number().int(),
      places: z.array(problem),
    }),
  ),
});
export type ValidationReport = z.infer<typeof validationReport>;

export const problemListInput = pageInput.extend({
  datasetId: idSchema,
  versionId: idSchema,
  code: z.string().max(80).optional(),
});
export type ProblemListInput = z.infer<typeof problemListInput>;
export const problemPage = pageOf(problem);
export type Problem = z.infer<typeof problem>;
