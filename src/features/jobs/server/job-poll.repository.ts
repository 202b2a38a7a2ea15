import type { ProviderCheckpoint, ProviderMetrics } from '@/integrations/training/training-port';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { JobRow } from './job.repository';

export type TimedMetrics = ProviderMetrics & { time: Date };

const open = { notIn: ['draft', 'succeeded', 'failed', 'cancelled'] };

/** What the poller reads and writes of many jobs at once. */
export const pollRepository = {
  /** Index: fine_tuning_jobs_open. Jobs that the provider has, or may have. */
  openJobs: async (connectionId: string): Promise<JobRow[]> =>
    (await database().fineTuningJob.findMany({
      where: {
        connectionId,
        status: open,
        OR: [{ providerJobId: { not: null } }, { status: { in: ['unknown', 'cancelling'] } }],
      },
      orderBy: { id: 'asc' },
    })) as JobRow[],

  /**
   * Connections with a job whose turn has come, and when the next turn of any comes (or came, if it still waits).
   * The same jobs as in openJobs: one that is not polled must not hold up the others. Index: fine_tuning_jobs_open.
   */
  due: async (now: Date): Promise<{ connectionIds: string[]; nextAt: Date | null }> => {
    const rows = await database().$queryRaw<{ connectionId: string; at: Date }[]>`
      SELECT connection_id AS "connectionId", min(next_poll_at) AS at FROM fine_tuning_jobs
      WHERE status NOT IN ('draft', 'succeeded', 'failed', 'cancelled') AND next_poll_at IS NOT NULL
        AND (provider_job_id IS NOT NULL OR status IN ('unknown', 'cancelling'))
      GROUP BY connection_id ORDER BY at LIMIT 500`;
    const due = rows.filter((row) => row.at <= now);
    return { connectionIds: due.map((row) => row.connectionId), nextAt: rows[0]?.at ?? null };
  },

  /** One row per step; what a later report of the same step adds is filled in, what is there stays. */
  saveMetrics: async (tx: Tx, jobId: string, points: readonly TimedMetrics[]): Promise<void> => {
    for (const m of points) {
      await database(tx).$executeRaw`
        INSERT INTO job_metrics AS old (job_id, step, epoch, train_loss, valid_loss, full_valid_loss, train_accuracy,
          valid_accuracy, learning_rate, tokens_per_second, trained_tokens, provider_time)
        VALUES (${jobId}::uuid, ${m.step}, ${m.epoch}, ${m.trainLoss}, ${m.validLoss}, ${m.fullValidLoss},
          ${m.trainAccuracy}, ${m.validAccuracy}, ${m.learningRate}, ${m.tokensPerSecond}, ${m.trainedTokens}, ${m.time})
        ON CONFLICT (job_id, step) DO UPDATE SET
          epoch = coalesce(old.epoch, excluded.epoch),
          train_loss = coalesce(old.train_loss, excluded.train_loss),
          valid_loss = coalesce(old.valid_loss, excluded.valid_loss),
          full_valid_loss = coalesce(old.full_valid_loss, excluded.full_valid_loss),
          train_accuracy = coalesce(old.train_accuracy, excluded.train_accuracy),
          valid_accuracy = coalesce(old.valid_accuracy, excluded.valid_accuracy),
          learning_rate = coalesce(old.learning_rate, excluded.learning_rate),
          tokens_per_second = coalesce(old.tokens_per_second, excluded.tokens_per_second),
          trained_tokens = coalesce(old.trained_tokens, excluded.trained_tokens)`;
    }
  },

  /** Returns those that were not there before. */
  saveCheckpoints: async (
    tx: Tx,
    jobId: string,
    found: readonly ProviderCheckpoint[],
  ): Promise<ProviderCheckpoint[]> => {
    const rows = await database(tx).jobCheckpoint.findMany({ where: { jobId }, select: { step: true } });
    const known = new Set(rows.map((row) => row.step));
    const fresh = found.filter((checkpoint) => !known.has(checkpoint.step));
    await database(tx).jobCheckpoint.createMany({
      data: fresh.map(({ id, step, modelId, metrics, createdAt }) => ({
        ...{ jobId, step, providerId: id, providerModelId: modelId, createdAt },
        metrics: metrics as object,
      })),
      skipDuplicates: true,
    });
    return fresh;
  },

  /**
   * Jobs by launch token, whatever their state and workspace: connections may share an account at the provider, so a list
   * of one shows the jobs of all. Nothing of them is shown to anybody.
   */
  byTokens: (tokens: readonly string[]) =>
    database().fineTuningJob.findMany({
      where: { launchToken: { in: [...tokens] } },
      select: { id: true, workspaceId: true, launchToken: true, providerJobId: true, status: true },
    }),

  /** Connections that were given a job lately: the only ones where a stray could be. */
  recentConnections: async (since: Date): Promise<{ connectionId: string; workspaceId: string }[]> =>
    database().fineTuningJob.findMany({
      where: { createdAt: { gt: since } },
      distinct: ['connectionId'],
      take: 200,
      select: { connectionId: true, workspaceId: true },
    }),

  /** Open jobs, and ended ones without a settled account, whose run has not been heard of since the given times. */
  abandoned: async (limits: { queuedBefore: Date; heardBefore: Date; endedBefore: Date }): Promise<JobRow[]> =>
    (await database().fineTuningJob.findMany({
      where: {
        OR: [
          // `heartbeatAt` of a job that no run has taken: when its event was last sent again.
          {
            status: 'queued',
            queuedAt: { lt: limits.queuedBefore },
            OR: [{ heartbeatAt: null }, { heartbeatAt: { lt: limits.queuedBefore } }],
          },
          {
            status: { notIn: ['draft', 'queued', 'succeeded', 'failed', 'cancelled'] },
            heartbeatAt: { lt: limits.heardBefore },
          },
          {
            status: { in: ['succeeded', 'failed', 'cancelled'] },
            chargedNanoUsd: null,
            endedAt: { lt: limits.endedBefore },
          },
        ],
      },
      orderBy: { id: 'asc' },
      take: 200,
    })) as JobRow[],

  openIds: async (workspaceId: string, connectionId?: string): Promise<string[]> => {
    const rows = await database().fineTuningJob.findMany({
      where: { workspaceId, status: open, ...(connectionId && { connectionId }) },
      select: { id: true },
      take: 1000,
    });
    return rows.map((row) => row.id);
  },
};

export type PollRepository = typeof pollRepository;
