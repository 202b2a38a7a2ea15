import { AppError, notFound } from '@/lib/app-error';
import type { JobPlan } from './job.schema';

export const jobNotFound = () => notFound('job', 'jobs.not_found');

export const planChanged = () =>
  new AppError({
    kind: 'conflict',
    reason: 'jobs.plan_changed',
    message:
      'The data, the price or the model changed since you looked at this plan, so nothing was launched. Look at the new plan and launch again.',
  });

export const jobBlocked = (blockers: JobPlan['blockers']) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'jobs.blocked',
    message: `This job cannot be launched yet. ${blockers.map((blocker) => blocker.message).join(' ')}`,
    details: { blockers },
  });

export const noReadyVersion = () =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'jobs.no_ready_version',
    message:
      'This dataset has no version that is ready, so there is nothing to train on. Wait until its import has ended, or look at what stopped it.',
  });

export const noBaseModel = () =>
  new AppError({
    kind: 'not_found',
    reason: 'jobs.no_base_model',
    message: 'No base model was found at this connection. Check the connection, or name another one.',
  });

export const capNeeded = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'jobs.cap_needed',
    message:
      'The price of this training is unknown here. Type the most that the job may cost, or add the price under Budgets.',
    details: { fields: { cap: 'Type the most that this job may cost, in dollars.' } },
  });

export const notDeletable = (why: 'running' | 'has_model') =>
  new AppError({
    kind: 'conflict',
    reason: 'jobs.not_deletable',
    message:
      why === 'running'
        ? 'This job has not ended. Cancel it first, then delete it.'
        : 'A model came out of this job, and the job is its lineage. Delete the model first.',
  });

export const jobEnded = (status: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'jobs.ended',
    message: `This job has already ended (${status}), so there is nothing left to change. Launch a new one if you need another run.`,
  });

export const notUnknown = () =>
  new AppError({
    kind: 'conflict',
    reason: 'jobs.not_unknown',
    message: 'The outcome of this launch is known by now. Reload to see it.',
  });

export const capBelowCost = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'jobs.cap_below_cost',
    message: 'The job has already cost as much as this cap. Cancel it, or type a higher cap.',
    details: { fields: { cap: 'Already reached.' } },
  });

export const capAboveHold = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'jobs.cap_above_hold',
    message: 'A cap can only be lowered while the job runs: the budget has reserved no more than the old one.',
    details: { fields: { cap: 'Type a lower amount.' } },
  });
