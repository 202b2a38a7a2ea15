import type { Tx } from '@/lib/transaction';
import { database, inTransaction } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { databaseUrl } from '@/platform/db/pool';
import type { ImportProgress } from '../dataset.schema';
import { type FormatChoice, formatChoice } from '../formats/format.schema';
import { problemKinds } from '../problem.rules';
import { DEFAULT_PLAN, type SplitPlan } from '../split.rules';
import { splitPlan } from '../split.schema';
import type { ImportOutcome } from './import/import-outcome';

/** The right to write one version, until somebody claims it again. */
export interface ImportClaim {
  workspaceId: string;
  datasetId: string;
  versionId: string;
  number: number;
  attempt: number;
  seed: number;
  fileKey: string | null;
  totalBytes: number;
  /** What somebody said the file is, or what it was read as before; null = find it out. */
  format: FormatChoice | null;
  plan: SplitPlan;
}

const mine = ({ versionId, attempt }: ImportClaim) => ({ id: versionId, attempt, status: 'importing' });

export const importRepository = {
  /** Where the program that reads files writes its rows. */
  databaseUrl,

  /** Takes over a version that waits or is being read; the attempt before it can no longer write. Null: nothing to do. */
  claim: async (workspaceId: string, versionId: string, progress: ImportProgress): Promise<ImportClaim | null> => {
    const [row] = await database().$queryRaw<
      (Omit<ImportClaim, 'totalBytes' | 'format' | 'plan'> & { totalBytes: bigint; format: unknown; plan: unknown })[]
    >`
      UPDATE dataset_versions v
      SET status = 'importing', status_reason = NULL, attempt = v.attempt + 1, heartbeat_at = now(),
        progress = ${JSON.stringify(progress)}::jsonb || jsonb_build_object('totalBytes', v.bytes)
      FROM fine_tuning_datasets d
      WHERE v.id = ${versionId}::uuid AND v.workspace_id = ${workspaceId}::uuid AND v.status IN ('pending', 'importing')
        AND d.id = v.dataset_id AND d.deleted_at IS NULL
      RETURNING v.workspace_id AS "workspaceId", v.dataset_id AS "datasetId", v.id AS "versionId", v.number, v.attempt,
        v.split_seed AS seed, v.file_key AS "fileKey", v.bytes AS "totalBytes", v.format,
        v.split_plan AS plan`;
    if (!row) return null;
    const format = formatChoice.safeParse(row.format);
    const plan = splitPlan.safeParse(row.plan);
    return {
      ...{ ...row, totalBytes: Number(row.totalBytes), format: format.success ? format.data : null },
      plan: plan.success ? plan.data : DEFAULT_PLAN,
    };
  },

  state: (workspaceId: string, versionId: string) =>
    database().datasetVersion.findFirst({
      where: { id: versionId, workspaceId },
      select: { status: true, rows: true, attempt: true },
    }),

  /**
   * Stores the progress and tells that the import is alive.
   * @returns false when it was cancelled or taken over: stop, and write nothing more
   */
  beat: async (claim: ImportClaim, progress: ImportProgress): Promise<boolean> => {
    // A locked row is our own last statement at work: it must not be waited for.
    const updated = await database().$executeRaw`
      UPDATE dataset_versions SET progress = ${JSON.stringify(progress)}::jsonb, heartbeat_at = now()
      WHERE id IN (
        SELECT id FROM dataset_versions
        WHERE id = ${claim.versionId}::uuid AND attempt = ${claim.attempt} AND status = 'importing' FOR UPDATE SKIP LOCKED)`;
    if (updated > 0) return true;
    const state = await importRepository.state(claim.workspaceId, claim.versionId);
    return state?.attempt === claim.attempt && (state.status === 'importing' || state.status === 'ready');
  },

  /** Keeps the findings and ends the version without rows. @returns false when it was no longer ours to end */
  fail: (
    claim: ImportClaim,
    reason: string,
    known: { outcome?: ImportOutcome; sha256?: string | null } = {},
  ): Promise<boolean> =>
    inTransaction(async (tx) => {
      const { outcome, sha256 } = known;
      // Dataset before version, as everywhere: two orders would be a deadlock one day.
      await database(tx).$queryRaw`SELECT id FROM fine_tuning_datasets WHERE id = ${claim.datasetId}::uuid FOR UPDATE`;
      const { count } = await database(tx).datasetVersion.updateMany({
        where: mine(claim),
        data: {
          ...{ status: 'failed', statusReason: reason, progress: Prisma.DbNull, readyAt: null, sha256: sha256 ?? null },
          ...{ rows: 0, trainRows: 0, validationRows: 0, holdoutRows: 0 },
          ...{ tokens: 0, trainableTokens: 0, trainTokens: 0, maxExampleTokens: 0 },
          problems: outcome?.rejectedRows ?? 0,
          warnings: outcome?.warnings ?? 0,
          stats: outcome ? (outcome.stats as object) : Prisma.DbNull,
          ...(outcome?.format && { format: outcome.format }),
          rowsNumbered: outcome?.rowsNumbered ?? false,
        },
      });
      if (count === 0) return false;
      const { datasetId, versionId, number } = claim;
      await database(tx).trainingExample.deleteMany({ where: { datasetId, fromVersion: number } });
      await database(tx).exampleWords.deleteMany({ where: { datasetId, fromVersion: number } });
      await database(tx).datasetIssue.deleteMany({ where: { versionId } });
      const issues = (outcome?.findings ?? []).map((finding) => ({
        ...{ ...finding, versionId },
        fix: problemKinds[finding.code].fix,
      }));
      await database(tx).datasetIssue.createMany({ data: issues });
      await setCurrent(tx, datasetId);
      return true;
    }),

  /** Ends an import that nobody runs any more, whatever attempt it is. @returns its dataset, or null when it had ended */
  giveUp: async (workspaceId: string, versionId: string, reason: string): Promise<string | null> => {
    const [row] = await database().$queryRaw<{ datasetId: string }[]>`
      UPDATE dataset_versions SET status = 'failed', status_reason = ${reason}, progress = NULL, attempt = attempt + 1
      WHERE id = ${versionId}::uuid AND workspace_id = ${workspaceId}::uuid AND status IN ('pending', 'importing')
      RETURNING dataset_id AS "datasetId"`;
    return row?.datasetId ?? null;
  },

  cancel: async (workspaceId: string, versionId: string, reason: string): Promise<number> => {
    const { count } = await database().datasetVersion.updateMany({
      where: { id: versionId, workspaceId, status: { in: ['pending', 'importing'] } },
      data: { status: 'cancelled', statusReason: reason, progress: Prisma.DbNull },
    });
    return count;
  },

  /** Puts a version back to the start. @returns the attempt to start with; null when it is pending or being read already */
  reopen: async (tx: Tx, workspaceId: string, versionId: string): Promise<number | null> => {
    const [row] = await database(tx).$queryRaw<{ attempt: number; datasetId: string }[]>`
      UPDATE dataset_versions
      SET status = 'pending', status_reason = NULL, attempt = attempt + 1, heartbeat_at = NULL, progress = NULL
      WHERE id = ${versionId}::uuid AND workspace_id = ${workspaceId}::uuid AND status IN ('ready', 'failed', 'cancelled')
      RETURNING attempt, dataset_id AS "datasetId"`;
    if (row) await setCurrent(tx, row.datasetId);
    return row?.attempt ?? null;
  },

  /** Imports without a sign of life for a while get a new attempt, so that their event counts as a new one. */
  takeStale: (tx: Tx, olderThanMs: number) =>
    database(tx).$queryRaw<{ workspaceId: string; versionId: string; attempt: number; isChange: boolean }[]>`
      UPDATE dataset_versions SET attempt = attempt + 1, heartbeat_at = now()
      WHERE id IN (
        SELECT v.id FROM dataset_versions v JOIN fine_tuning_datasets d ON d.id = v.dataset_id AND d.deleted_at IS NULL
        WHERE v.status IN ('pending', 'importing')
          AND coalesce(v.heartbeat_at, v.created_at) < now() - make_interval(secs => ${olderThanMs / 1000})
        ORDER BY v.id LIMIT 100 FOR UPDATE OF v SKIP LOCKED)
      RETURNING workspace_id AS "workspaceId", id AS "versionId", attempt, change IS NOT NULL AS "isChange"`,
};

export type ImportRepository = typeof importRepository;

/** The version people work with is the newest ready one. */
async function setCurrent(tx: Tx, datasetId: string): Promise<void> {
  await database(tx).$executeRaw`
    UPDATE fine_tuning_datasets SET updated_at = now(), current_version_id = (
      SELECT id FROM dataset_versions WHERE dataset_id = ${datasetId}::uuid AND status = 'ready' ORDER BY number DESC LIMIT 1)
    WHERE id = ${datasetId}::uuid`;
}
