import type { OpenConnection } from '@/features/providers/server';
import { isProviderFailure } from '@/integrations/provider-failure';
import type { ProviderJob, TrainingSpec } from '@/integrations/training/training-port';
import { launchMove } from '../../job.rules';
import { hyperparameters } from '../../job.schema';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import type { Attempt } from '../job-launch.repository';
import { explain, mayPass, waitOf } from '../provider-words';
import { adopt } from './adopt-job';
import { askPerson, refuse, withdraw } from './end-launch';
import type { StepResult } from './prepare-files';

/** So many create calls that surely had no effect (busy, unreachable) are made before the job fails. */
const MAX_ATTEMPTS = 30;
const GIVE_UP_MS = 30 * 60_000;

export type LaunchDeps = Pick<JobDeps, 'repo' | 'launches' | 'providers' | 'budgets' | 'inTransaction' | 'clock'>;

const over = (status: string): StepResult => ({ status, waitMs: null });

/**
 * Creates the job at the provider exactly once, however often and in however many processes this step runs:
 * look for the token, write the intent (one winner), send one request, record the outcome. Whoever finds an intent without
 * an outcome never sends, but looks, until it is found, or long enough is past.
 */
export const launchJob =
  (deps: LaunchDeps) =>
  async (jobId: string): Promise<StepResult> => {
    const job = await deps.repo.find(jobId);
    if (!job || job.providerJobId || (job.status !== 'launching' && job.status !== 'cancelling'))
      return over(job?.status ?? 'deleted');
    await deps.repo.change(undefined, jobId, { heartbeatAt: deps.clock.now() });
    const attempt = await openAttempt(deps, jobId);
    if (!attempt && job.status === 'cancelling') return over(await withdraw(deps, jobId));
    const at = await look(deps, job);
    if ('error' in at) return attempt ? decide(deps, job, attempt, null) : cannotReach(deps, job, at.error);
    if (at.found.length > 0) return over(await adopt(deps, job, at.found, at.open));
    return attempt ? decide(deps, job, attempt, at.open) : create(deps, job, at.open);
  };

/** An earlier attempt has no outcome and the look found nothing (`open`), or could not be made (null). */
async function decide(
  deps: LaunchDeps,
  job: JobRow,
  attempt: Attempt,
  open: OpenConnection | null,
): Promise<StepResult> {
  const reliable = open?.caps.free === true && open.caps.dedupe === 'metadata-filter';
  const move = launchMove(attempt, { now: deps.clock.now(), looked: open !== null, reliable });
  if (move.do === 'look_again') return { status: job.status, waitMs: move.waitMs };
  if (job.status === 'cancelling')
    return open ? over(await withdraw(deps, job.id)) : { status: job.status, waitMs: 60_000 };
  if (move.do === 'ask_person') return over(await askPerson(deps, job.id));
  await settleAttempt(deps, attempt, 'rejected', { note: 'Looked again and again: the provider has no such job.' });
  return { status: job.status, waitMs: 0 };
}

/** The newest attempt if its effect is not known to be none. */
export async function openAttempt({ launches }: Pick<JobDeps, 'launches'>, jobId: string): Promise<Attempt | null> {
  const attempt = await launches.newest(undefined, jobId);
  return attempt && attempt.outcome !== 'rejected' ? attempt : null;
}

export async function look(
  { providers }: Pick<JobDeps, 'providers'>,
  job: JobRow,
): Promise<{ found: ProviderJob[]; open: OpenConnection } | { error: unknown }> {
  try {
    const open = await providers.open(job.workspaceId, job.connectionId);
    return {
      found: await open.training.findJobs(job.launchToken, { trainingFileId: job.trainingFileId ?? undefined }),
      open,
    };
  } catch (error) {
    return { error };
  }
}

function specOf(job: JobRow): TrainingSpec {
  const { epochs, batchSize, learningRateMultiplier: rate } = hyperparameters.parse(job.hyperparameters);
  return {
    baseModel: job.baseModel,
    trainingFileId: job.trainingFileId ?? '',
    ...(job.validationFileId && { validationFileId: job.validationFileId }),
    method: 'sft',
    hyperparameters: {
      epochs,
      batchSize,
      learningRate: rate === 'auto' ? { kind: 'auto' } : { kind: 'multiplier', value: rate },
    },
    seed: job.seed,
    ...(job.suffix && { suffix: job.suffix }),
  };
}

async function create(deps: LaunchDeps, job: JobRow, open: OpenConnection): Promise<StepResult> {
  const spec = specOf(job);
  const attempt = await intend(deps, job.id, spec);
  if (!attempt) return { status: job.status, waitMs: 1000 };
  const result = await open.training.createJob(spec, job.launchToken).then(
    (created) => ({ created }),
    (error: unknown) => ({ error }),
  );
  if ('created' in result) return over(await adopt(deps, job, [result.created], open, attempt));
  const { error } = result;
  await deps.providers.noteFailure(job.workspaceId, job.connectionId, error).catch(() => undefined);
  const evidence = {
    failure: isProviderFailure(error) ? { class: error.class, message: error.message, ...error.raw } : String(error),
  };
  if (!isProviderFailure(error) || error.class === 'unknown_outcome') {
    await settleAttempt(deps, attempt, 'unknown', evidence);
    return { status: job.status, waitMs: 1000 };
  }
  await settleAttempt(deps, attempt, 'rejected', evidence);
  if (mayPass(error) && attempt.number < MAX_ATTEMPTS) return cannotReach(deps, job, error);
  return over(await refuse(deps, job.id, explain(error, 'Creating the job at the provider')));
}

/** One winner: the row lock and the attempt's unique number let a second process find an intent that it did not write. */
function intend(deps: LaunchDeps, jobId: string, spec: TrainingSpec): Promise<Attempt | null> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (job?.status !== 'launching' || job.providerJobId) return null;
    const newest = await deps.launches.newest(tx, jobId);
    if (newest && newest.outcome !== 'rejected') return null;
    const request = { ...spec, tag: job.launchToken };
    return deps.launches.intend(tx, jobId, (newest?.number ?? 0) + 1, request, deps.clock.now());
  });
}

const settleAttempt = (deps: LaunchDeps, attempt: Attempt, outcome: 'rejected' | 'unknown', response: object) =>
  deps.inTransaction((tx) => deps.launches.settle(tx, attempt.id, outcome, { response, at: deps.clock.now() }));

/** Nothing was sent, or surely nothing came of it: wait, and after half an hour tell. */
async function cannotReach(deps: LaunchDeps, job: JobRow, error: unknown): Promise<StepResult> {
  const ageMs = deps.clock.now().getTime() - (job.launchingAt ?? job.createdAt).getTime();
  const problem = explain(error, 'Creating the job at the provider');
  if (!mayPass(error) || ageMs > GIVE_UP_MS) return over(await refuse(deps, job.id, problem));
  await deps.inTransaction((tx) =>
    deps.repo.append(tx, job, [{ type: 'warning', level: 'warn', message: `${problem.message} Trying again.` }]),
  );
  return { status: job.status, waitMs: waitOf(error, Math.min(60_000, 2000 + Math.ceil(ageMs / 4))) };
}
