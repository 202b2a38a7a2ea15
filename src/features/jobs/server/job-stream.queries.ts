import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import type { JobEvent, JobEventListInput, MetricPoint } from '../job.schema';

const eventSelect = {
  seq: true,
  type: true,
  level: true,
  message: true,
  data: true,
  providerTime: true,
  receivedAt: true,
} as const;

export const streamQueries = {
  /** Oldest first. Index: job_events(job_id, seq). The caller has checked that the job is the workspace's own. */
  events: async (jobId: string, input: Omit<JobEventListInput, 'id'>): Promise<Page<JobEvent>> => {
    const after = Number.parseInt(decodeCursor(input.cursor)?.[0] ?? '0', 10);
    const rows = await database().jobEvent.findMany({
      where: {
        jobId,
        seq: { gt: Number.isSafeInteger(after) ? after : 0 },
        ...(input.types?.length && { type: { in: input.types } }),
      },
      orderBy: { seq: 'asc' },
      take: input.limit + 1,
      select: eventSelect,
    });
    return toPage(rows as JobEvent[], input.limit, (event) => [event.seq]);
  },

  /** The part of the stream between two numbers: `after` excluded, `upTo` included. */
  between: async (jobId: string, after: number, upTo: number, limit: number): Promise<JobEvent[]> =>
    (await database().jobEvent.findMany({
      where: { jobId, seq: { gt: after, lte: upTo } },
      orderBy: { seq: 'asc' },
      take: limit,
      select: eventSelect,
    })) as JobEvent[],

  /** Sorted by step. */
  metrics: async (jobId: string): Promise<MetricPoint[]> => {
    const rows = await database().jobMetric.findMany({
      where: { jobId },
      orderBy: { step: 'asc' },
      omit: { jobId: true },
    });
    return rows.map((row) => ({
      ...row,
      trainedTokens: row.trainedTokens === null ? null : Number(row.trainedTokens),
    }));
  },

  /** Validation loss of the untouched base (step 0) and of the end, where the provider told them. */
  fullLosses: async (jobId: string): Promise<{ base: number | null; tuned: number | null }> => {
    const rows = await database().jobMetric.findMany({
      where: { jobId, fullValidLoss: { not: null } },
      orderBy: { step: 'asc' },
      select: { step: true, fullValidLoss: true },
    });
    const first = rows[0];
    const last = rows.at(-1);
    return {
      base: first?.step === 0 ? first.fullValidLoss : null,
      tuned: last && last.step > 0 ? last.fullValidLoss : null,
    };
  },

  /** Milliseconds per step of earlier jobs with this base model here; null when there were none. */
  usualStepMs: async (workspaceId: string, connectionId: string, baseModel: string): Promise<number | null> => {
    const [row] = await database().$queryRaw<{ ms: number | null }[]>`
      SELECT avg(ms)::float8 AS ms FROM (
        SELECT extract(epoch FROM ended_at - running_at) * 1000 / last_step AS ms FROM fine_tuning_jobs
        WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid
          AND base_model = ${baseModel} AND status = 'succeeded' AND last_step > 0
        ORDER BY id DESC LIMIT 10) recent`;
    return row?.ms ?? null;
  },

  /** For plans of versions that are not ready: the data slice tells their figures only once they are. */
  versionHead: async (workspaceId: string, versionId: string) => {
    const row = await database().datasetVersion.findFirst({
      where: { id: versionId, workspaceId, dataset: { deletedAt: null } },
      select: { number: true, status: true, datasetId: true, dataset: { select: { name: true } } },
    });
    return row && { number: row.number, status: row.status, datasetId: row.datasetId, datasetName: row.dataset.name };
  },

  /** The version that jobs of a dataset use when none is named. */
  /** Newest version that can be trained on; null when none can yet, undefined when there is no such dataset. */
  currentVersion: async (workspaceId: string, datasetId: string): Promise<string | null | undefined> => {
    const row = await database().dataset.findFirst({
      where: { id: datasetId, workspaceId, deletedAt: null },
      select: { versions: { where: { status: 'ready' }, orderBy: { number: 'desc' }, take: 1, select: { id: true } } },
    });
    return row ? (row.versions[0]?.id ?? null) : undefined;
  },
};

export type StreamQueries = typeof streamQueries;
