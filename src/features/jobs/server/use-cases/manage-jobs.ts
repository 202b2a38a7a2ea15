import type { Actor } from '@/lib/actor';
import { capAboveHold, capBelowCost, jobEnded, jobNotFound, notDeletable } from '../../job.errors';
import { isEnded } from '../../job.rules';
import type { JobDetail, JobUpdateInput } from '../../job.schema';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { parseEstimate } from '../job-rows';
import { getJob } from './read-jobs';

/** Renames a job, or lowers the cap of one that has not ended. */
export const updateJob =
  (deps: Pick<JobDeps, 'repo' | 'queries' | 'inTransaction' | 'audit'>) =>
  async (actor: Actor, { id, name, cap }: JobUpdateInput): Promise<JobDetail> => {
    actor.require('jobs:launch');
    await deps.inTransaction(async (tx) => {
      if (!(await deps.repo.findIn(actor.workspaceId, id, tx))) throw jobNotFound();
      const job = await deps.repo.lock(tx, id);
      if (!job) throw jobNotFound();
      if (cap !== undefined) checkCap(job, cap);
      await deps.repo.change(tx, id, {
        ...(name !== undefined && { name }),
        ...(cap !== undefined && { capNanoUsd: cap }),
      });
      await deps.repo.announce(tx, job);
      if (cap !== undefined)
        await deps.audit(tx, actor, {
          action: 'job.cap_changed',
          subject: 'job',
          subjectId: id,
          details: {
            from: job.capNanoUsd === null ? null : String(job.capNanoUsd),
            to: cap === null ? null : String(cap),
          },
        });
    });
    return getJob(deps)(actor, id);
  };

function checkCap(job: JobRow, cap: bigint | null): void {
  if (isEnded(job.status)) throw jobEnded(job.status);
  if (cap !== null && cap <= job.accruedNanoUsd) throw capBelowCost();
  const high = parseEstimate(job.estimate)?.high ?? null;
  // What was held is the old cap or the high end of the estimate, whichever is less: only a rise above it is refused.
  const old = job.capNanoUsd;
  const heldByCap = old !== null && (high === null || old < high);
  if (heldByCap && (cap === null || cap > old)) throw capAboveHold();
}

/** Only ended jobs without a model: events and attempts go with the row, the ledger stays. @throws conflict `jobs.not_deletable` */
export const deleteJob =
  ({ repo, queries, inTransaction, audit }: Pick<JobDeps, 'repo' | 'queries' | 'inTransaction' | 'audit'>) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('jobs:launch');
    const job = await queries.summary(actor.workspaceId, id);
    if (!job) throw jobNotFound();
    if (job.model) throw notDeletable('has_model');
    await inTransaction(async (tx) => {
      const row = await repo.lock(tx, id);
      if (!row) throw jobNotFound();
      if (!isEnded(row.status) || row.chargedNanoUsd === null) throw notDeletable('running');
      await repo.delete(tx, actor.workspaceId, id);
      await repo.announce(tx, row);
      await audit(tx, actor, { action: 'job.deleted', subject: 'job', subjectId: id, details: { name: job.name } });
    });
  };
