// What the demo reads of the answers: an outsider's view, so that a door that changes its answer is noticed here.
import { z } from 'zod';

export const importStarted = z.object({ id: z.string(), versionId: z.string() });

const version = z.object({
  id: z.string(),
  number: z.number(),
  status: z.string(),
  statusReason: z.string().nullable(),
  rows: z.number(),
  trainRows: z.number(),
  validationRows: z.number(),
  holdoutRows: z.number(),
  tokens: z.number(),
  trainTokens: z.number(),
  maxExampleTokens: z.number(),
  problems: z.number(),
  warnings: z.number(),
});

export const dataset = z.object({
  id: z.string(),
  name: z.string(),
  version,
  stats: z.object({ percentiles: z.object({ p50: z.number(), max: z.number() }) }).nullable(),
});
export type Dataset = z.infer<typeof dataset>;

export const report = z.object({
  rows: z.number(),
  rejectedRows: z.number(),
  groups: z.array(
    z.object({
      severity: z.string(),
      title: z.string(),
      fix: z.string(),
      total: z.number(),
      places: z.array(z.object({ line: z.number().nullable() })),
    }),
  ),
});
export type Report = z.infer<typeof report>;

const money = z.string();

/** tRPC's envelope, as superjson writes it. */
export const trpc = <S extends z.ZodType>(json: S) => z.object({ result: z.object({ data: z.object({ json }) }) });

export const baseModels = z.array(
  z.object({ connectionId: z.string(), connectionLabel: z.string(), id: z.string(), label: z.string() }),
);

export const plan = z.object({
  steps: z.number(),
  expectedMs: z.number().nullable(),
  resolved: z.object({
    epochs: z.object({ expected: z.number(), why: z.string() }),
    batchSize: z.object({ expected: z.number(), why: z.string() }),
    learningRateMultiplier: z.object({ expected: z.number(), why: z.string() }),
  }),
  estimate: z.object({
    expected: money.nullable(),
    arithmetic: z.array(z.string()),
    free: z.boolean(),
    freeReason: z.string().nullable(),
    unknownReason: z.string().nullable(),
  }),
  blockers: z.array(z.object({ message: z.string() })),
  warnings: z.array(z.string()),
});
export type Plan = z.infer<typeof plan>;

export const job = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  lastStep: z.number(),
  totalSteps: z.number().nullable(),
  trainLoss: z.number().nullable(),
  validLoss: z.number().nullable(),
  model: z.object({ id: z.string(), name: z.string() }).nullable(),
  error: z.object({ message: z.string(), nextStep: z.string() }).nullable(),
});
export const jobDetail = job.extend({ remainingMs: z.number().nullable() });
export type JobDetail = z.infer<typeof jobDetail>;

export const jobEvents = z.object({
  items: z.array(
    z.object({ seq: z.number(), type: z.string(), level: z.string(), message: z.string(), receivedAt: z.string() }),
  ),
  nextCursor: z.string().nullable(),
});

const score = z.object({ exactMatch: z.number().nullable(), loss: z.number().nullable() });
export type Score = z.infer<typeof score>;

export const model = z.object({
  id: z.string(),
  label: z.string(),
  status: z.string(),
  proof: z
    .object({
      base: score,
      tuned: score,
      examples: z.number(),
      rows: z.array(z.object({ question: z.string(), expected: z.string(), base: z.string(), tuned: z.string() })),
      failure: z.string().optional(),
    })
    .nullable(),
});
export type Model = z.infer<typeof model>;

export const deployed = z.object({ slug: z.string(), release: z.number(), created: z.boolean() });

export const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
});
