import type { JobError } from '../../job.schema';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import { releaseHold } from './settle-job';

type Deps = Pick<JobDeps, 'repo' | 'launches' | 'budgets' | 'inTransaction' | 'clock'>;

/** The job is cancelled and was never launched: nothing is charged. */
export function withdraw(deps: Deps, jobId: string): Promise<string> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job || job.providerJobId) return job?.status ?? 'deleted';
    const to = await applyFact(deps, tx, job, { fact: 'withdrawn' });
    if (to) await releaseHold(deps, tx, job, 'Cancelled before anything was launched');
    return to ?? job.status;
  });
}

/** The provider will not take this job: it ends with the reason, and the hold goes back. */
export function refuse(deps: Deps, jobId: string, error: JobError): Promise<string> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job || job.providerJobId) return job?.status ?? 'deleted';
    const to = await applyFact(deps, tx, job, {
      fact: 'refused',
      change: { error: error as object },
      message: error.message,
    });
    if (to) await releaseHold(deps, tx, job, 'The provider did not take the job');
    return to ?? job.status;
  });
}

/** Money may have been spent and we cannot tell: the job stops here, with what was sent, until a person decides. */
export function askPerson(deps: Deps, jobId: string): Promise<string> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job || job.providerJobId) return job?.status ?? 'deleted';
    const attempt = await deps.launches.newest(tx, jobId);
    const error: JobError = {
      reason: 'jobs.launch_unknown',
      message:
        'The request to create this job was sent, no answer came back, and the provider shows no such job. It may exist all the same, so it was not sent again.',
      nextStep: 'Look at the provider’s own page for the launch token, then look again, launch again, or give up.',
      evidence: { attempt: attempt?.number ?? null, launchToken: job.launchToken },
    };
    const to = await applyFact(deps, tx, job, {
      fact: 'launch_unknown',
      change: { error: error as object },
      message: error.message,
    });
    return to ?? job.status;
  });
}
