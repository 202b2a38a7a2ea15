import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { JobDetail, JobListInput, JobSummary } from '../job.schema';
import { type DetailRow, type SummaryRow, toDetail, toSummary } from './job-rows';

// One round trip with the names a person reads beside each id, and the newest losses of the metrics.
const summaryColumns = Prisma.sql`
  j.id, j.name, j.status, j.provider_status AS "providerStatus", j.stalled_at AS "stalledAt", j.base_model AS "baseModel",
  j.last_step AS "lastStep", j.total_steps AS "totalSteps", j.accrued_nano_usd AS accrued, j.charged_nano_usd AS charged,
  j.cap_nano_usd AS cap, j.error, j.created_by_label AS "createdByLabel", j.created_at AS "createdAt",
  j.running_at AS "runningAt", j.ended_at AS "endedAt", v.id AS "versionId", v.number AS version, d.id AS "datasetId",
  d.name AS "datasetName", c.id AS "connectionId", c.label AS "connectionLabel", c.kind AS "connectionKind",
  m.id AS "modelId", m.family AS "modelFamily", m.version AS "modelVersion", t.loss AS "trainLoss", w.loss AS "validLoss"`;

const tables = Prisma.sql`
  FROM fine_tuning_jobs j
  JOIN dataset_versions v ON v.id = j.dataset_version_id
  JOIN fine_tuning_datasets d ON d.id = v.dataset_id
  JOIN provider_connections c ON c.id = j.connection_id
  LEFT JOIN fine_tuned_models m ON m.job_id = j.id AND m.deleted_at IS NULL
  LEFT JOIN LATERAL (SELECT train_loss AS loss FROM job_metrics WHERE job_id = j.id AND train_loss IS NOT NULL
    ORDER BY step DESC LIMIT 1) t ON true
  LEFT JOIN LATERAL (SELECT coalesce(full_valid_loss, valid_loss) AS loss FROM job_metrics
    WHERE job_id = j.id AND coalesce(full_valid_loss, valid_loss) IS NOT NULL ORDER BY step DESC LIMIT 1) w ON true`;

const detailColumns = Prisma.sql`
  j.hyperparameters, j.suffix, j.seed, j.provider_job_id AS "providerJobId", j.estimate, j.trained_tokens AS "trainedTokens",
  j.last_event_seq AS "lastEventSeq", j.queued_at AS "queuedAt", j.preparing_at AS "preparingAt",
  j.launching_at AS "launchingAt", j.progress_at AS "progressAt", j.cancel_requested_at AS "cancelRequestedAt",
  j.cancel_reason AS "cancelReason", j.run_owner AS "runOwner",
  (SELECT coalesce(sum(amount_nano_usd), 0)::bigint FROM ledger_entries
    WHERE job_id = j.id AND kind IN ('hold', 'release')) AS held,
  (SELECT coalesce(json_agg(json_build_object('step', k.step, 'providerModelId', k.provider_model_id,
    'metrics', coalesce(k.metrics, '{}'::jsonb)) ORDER BY k.step), '[]') FROM job_checkpoints k WHERE k.job_id = j.id) AS checkpoints,
  (SELECT coalesce(json_agg(json_build_object('step', p.step, 'time', p.provider_time)), '[]') FROM (
    SELECT step, provider_time FROM job_metrics WHERE job_id = j.id AND provider_time IS NOT NULL ORDER BY step DESC LIMIT 30
  ) p) AS recent`;

const open = Prisma.sql`j.status NOT IN ('draft', 'succeeded', 'failed', 'cancelled')`;

export const jobQueries = {
  /** Indexes: fine_tuning_jobs(workspace_id, id desc), (workspace_id, status). */
  list: async (workspaceId: string, input: JobListInput): Promise<Page<JobSummary>> => {
    const byName = input.sort === 'name';
    const after = decodeCursor(input.cursor);
    const where = [
      Prisma.sql`j.workspace_id = ${workspaceId}::uuid`,
      ...(input.status === 'active' ? [open] : input.status ? [Prisma.sql`j.status = ${input.status}`] : []),
      ...(input.datasetId ? [Prisma.sql`v.dataset_id = ${input.datasetId}::uuid`] : []),
      ...(input.connectionId ? [Prisma.sql`j.connection_id = ${input.connectionId}::uuid`] : []),
      ...(input.search ? [matches(input.search)] : []),
      ...keyset(after, byName),
    ];
    const order = byName ? Prisma.sql`lower(j.name), j.id` : Prisma.sql`j.id DESC`;
    const rows = await database().$queryRaw<SummaryRow[]>`
      SELECT ${summaryColumns} ${tables} WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${order} LIMIT ${input.limit + 1}`;
    return toPage(rows.map(toSummary), input.limit, (row) => (byName ? [row.name.toLowerCase(), row.id] : [row.id]));
  },

  summary: async (workspaceId: string, id: string): Promise<JobSummary | null> => {
    const [row] = await database().$queryRaw<SummaryRow[]>`
      SELECT ${summaryColumns} ${tables} WHERE j.workspace_id = ${workspaceId}::uuid AND j.id = ${id}::uuid`;
    return row ? toSummary(row) : null;
  },

  get: async (workspaceId: string, id: string): Promise<JobDetail | null> => {
    const [rows, attempts] = await Promise.all([
      database().$queryRaw<DetailRow[]>`
        SELECT ${summaryColumns}, ${detailColumns} ${tables}
        WHERE j.workspace_id = ${workspaceId}::uuid AND j.id = ${id}::uuid`,
      database().launchAttempt.findMany({
        where: { jobId: id, job: { workspaceId } },
        orderBy: { number: 'asc' },
        take: 50,
        select: { number: true, outcome: true, request: true, response: true, intendedAt: true, settledAt: true },
      }),
    ]);
    return rows[0] ? toDetail(rows[0], attempts as JobDetail['attempts']) : null;
  },

  counts: async (workspaceId: string): Promise<{ active: number; total: number }> => {
    const [row] = await database().$queryRaw<{ active: number; total: number }[]>`
      SELECT count(*) FILTER (WHERE ${open})::int AS active, count(*)::int AS total
      FROM fine_tuning_jobs j WHERE j.workspace_id = ${workspaceId}::uuid`;
    return row ?? { active: 0, total: 0 };
  },
};

export type JobQueries = typeof jobQueries;

function keyset(after: string[] | null, byName: boolean): Prisma.Sql[] {
  const [first, second] = after ?? [];
  if (first === undefined) return [];
  if (!byName) return isUuid(first) ? [Prisma.sql`j.id < ${first}::uuid`] : [];
  return isUuid(second) ? [Prisma.sql`(lower(j.name), j.id) > (${first}, ${second}::uuid)`] : [];
}

const isUuid = (text: string | undefined): text is string => /^[0-9a-f-]{36}$/i.test(text ?? '');

function matches(search: string): Prisma.Sql {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`(j.name ILIKE ${like} OR d.name ILIKE ${like} OR j.base_model ILIKE ${like})`;
}
