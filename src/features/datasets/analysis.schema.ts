import { z } from 'zod';
import { idSchema } from '@/lib/ids';

const count = z.number().int().nonnegative();

/** A text and how often it occurs. */
const tally = z.object({ text: z.string(), count });
export type Tally = z.infer<typeof tally>;

/** Examples by split: train, validation, holdout. */
const bySplit = z.tuple([count, count, count]);

/** A value of a label with its examples in all and by split. */
const labelValue = tally.extend({ splits: bySplit });
export type LabelValue = z.infer<typeof labelValue>;

const labelField = z.object({
  /** Name of the field; null = the whole answer is the label. */
  name: z.string().nullable(),
  /** Answers that have it. */
  count,
  distinct: count,
  /** Values beyond the ones that were told apart are missing from `values` and `distinct`. */
  capped: z.boolean(),
  /** Most frequent first. */
  values: z.array(labelValue),
  /** Where every value is a number. */
  numbers: z.object({ min: z.number(), max: z.number(), mean: z.number() }).nullable(),
});
export type LabelField = z.infer<typeof labelField>;

const outlierRow = z.object({ id: z.string(), line: z.number().int(), value: count });

/** Values outside [low, high]: beyond three times the spread of the middle half, on a logarithmic scale. */
const outliers = z.object({
  low: z.number(),
  high: z.number(),
  below: count,
  above: count,
  /** The furthest ones of both ends. */
  rows: z.array(outlierRow),
});
export type Outliers = z.infer<typeof outliers>;

const duplicateCluster = z.object({
  /** Of the first example. */
  id: z.string(),
  lines: z.array(z.number().int()),
  count,
  /** Different texts in it: 1 when all are the same. */
  texts: count,
  question: z.string(),
  answer: z.string(),
});
export type DuplicateCluster = z.infer<typeof duplicateCluster>;

const duplicates = z.object({ clusters: count, examples: count, largest: z.array(duplicateCluster) });
export type Duplicates = z.infer<typeof duplicates>;

/** What only a look at rows tells. Figures are over the rows that were looked at; duplicates are over the whole version. */
export const versionAnalysis = z.object({
  /** Raised when the meaning of a figure changes: what was kept of an older one is made anew. */
  format: z.literal(1),
  rows: count,
  /** Examples that were read: all of them, or a sample that is the same every time. */
  read: count,
  /** Examples of the sample that were too long to read. */
  skipped: count,
  answers: count,
  /** By the language of the last question and of the last answer. */
  languages: z.array(z.object({ language: z.string(), questions: count, answers: count })),
  /** Examples whose question and answer are in two languages. */
  languageChanges: count,
  vocabulary: z.object({
    words: count,
    distinct: count,
    /** More than so many distinct words: further new ones were not told apart. */
    capped: z.boolean(),
    frequent: z.array(tally),
    /** Distinct words after so many words. */
    growth: z.array(z.object({ words: count, distinct: count })),
  }),
  openings: z.array(tally),
  /** Empty where answers are neither short and repeated nor flat JSON. */
  labels: z.array(labelField),
  lengths: z.object({ tokens: outliers, trainableTokens: outliers }).nullable(),
  systemPrompts: z.object({
    without: count,
    distinct: count,
    capped: z.boolean(),
    frequent: z.array(tally.extend({ characters: count })),
  }),
  tools: z.array(z.object({ name: z.string(), offered: count, calls: count, examples: count })),
  duplicates: z.object({
    exact: duplicates,
    /** Null while no signatures for near duplicates are stored. */
    near: duplicates.nullable(),
  }),
});
export type VersionAnalysis = z.infer<typeof versionAnalysis>;

export const analysisInput = z.object({ datasetId: idSchema, versionId: idSchema });

/** What examples hold that not every provider takes, by split; exact, over the whole version. */
export const versionContents = z.object({
  format: z.literal(1),
  /** Size of the files a provider would get, one line per example. */
  bytes: bySplit,
  tools: bySplit,
  images: bySplit,
  /** Examples with an answer that is not learned. */
  weights: bySplit,
});
export type VersionContents = z.infer<typeof versionContents>;

/** How many rows have which signals of quality together. */
export const signalSets = z.array(z.object({ flags: count, rows: count }));
