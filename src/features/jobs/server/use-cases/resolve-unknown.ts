import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import type { Tx } from '@/lib/transaction';
import { addToOutbox } from '@/platform/outbox/outbox';
import { jobNotFound, notUnknown } from '../../job.errors';
import type { JobDetail } from '../../job.schema';
import { jobSubmitted } from '../job.events';
import { type JobRow, noError } from '../job.repository';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import { adopt } from './adopt-job';
import { refuse } from './end-launch';
import { look } from './launch-job';
import { getJob } from './read-jobs';

type Deps = Pick<
  JobDeps,
  'repo' | 'launches' | 'queries' | 'providers' | 'budgets' | 'inTransaction' | 'clock' | 'audit'
>;

/** For a job in `unknown`: look again and adopt what is found, or, by a person's word, launch anew or give up. */
export const resolveUnknown =
  (deps: Deps) =>
  async (actor: Actor, id: string, decision: 'look_again' | 'launch_again' | 'give_up'): Promise<JobDetail> => {
    actor.require('jobs:launch');
    const job = await deps.repo.findIn(actor.workspaceId, id);
    if (!job) throw jobNotFound();
    if (job.status !== 'unknown') throw notUnknown();
    const at = await look(deps, job);
    // Whatever the person chose: a job that is there is never launched twice or forgotten.
    if ('found' in at && at.found.length > 0) await adopt(deps, job, at.found, at.open);
    else if ('error' in at && decision !== 'give_up') throw cannotLook(at.error);
    else if (decision === 'look_again') await tellNothingFound(deps, job);
    else if (decision === 'give_up') await giveUp(deps, actor, job);
    else await launchAgain(deps, actor, job);
    return getJob(deps)(actor, id);
  };

const cannotLook = (cause: unknown) =>
  new AppError({
    kind: 'provider_failed',
    reason: 'jobs.cannot_look',
    message: 'The provider does not answer, so it cannot be asked whether the job exists. Try again when it does.',
    cause,
  });

const tellNothingFound = ({ repo, inTransaction }: Deps, job: JobRow) =>
  inTransaction((tx) =>
    repo.append(tx, job, [
      { type: 'message', level: 'warn', message: 'Looked again: the provider shows no such job.' },
    ]),
  );

async function giveUp(deps: Deps, actor: Actor, job: JobRow): Promise<void> {
  const status = await refuse(deps, job.id, {
    reason: 'jobs.given_up',
    message: `${actor.label} gave this launch up: the provider never told whether it had an effect.`,
    nextStep: 'If the job appears at the provider after all, it is reported here and cancelled there.',
  });
  // Found in the same moment, by a poll: then there is nothing to give up.
  if (status !== 'failed') return;
  await deps.inTransaction((tx) =>
    deps.audit(tx, actor, { action: 'job.given_up', subject: 'job', subjectId: job.id }),
  );
}

function launchAgain(deps: Deps, actor: Actor, seen: JobRow): Promise<void> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, seen.id);
    if (job?.status !== 'unknown') throw notUnknown();
    const attempt = await deps.launches.newest(tx, job.id);
    if (attempt)
      await deps.launches.settle(tx, attempt.id, 'rejected', {
        response: { note: `${actor.label} decided that it had no effect.` },
        at: deps.clock.now(),
      });
    await applyFact(deps, tx, job, { fact: 'launch_allowed', change: { error: noError } });
    await startAgain(deps, tx, job);
    await deps.audit(tx, actor, { action: 'job.launched_again', subject: 'job', subjectId: job.id });
  });
}

/** A new run takes over. The generation makes the event's id new and tells an old run, should it live, to stop. */
export async function startAgain({ repo, clock }: Pick<JobDeps, 'repo' | 'clock'>, tx: Tx, job: JobRow): Promise<void> {
  const generation = job.generation + 1;
  await repo.change(tx, job.id, {
    generation,
    runOwner: null,
    heartbeatAt: clock.now(),
    queuedAt: job.queuedAt ?? clock.now(),
  });
  await addToOutbox(tx, jobSubmitted(job, generation));
}
