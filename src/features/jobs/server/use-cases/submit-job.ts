import type { Actor } from '@/lib/actor';
import { notFound } from '@/lib/app-error';
import { newId } from '@/lib/new-id';
import type { Tx } from '@/lib/transaction';
import { addToOutbox } from '@/platform/outbox/outbox';
import { capNeeded, jobBlocked, jobNotFound, noBaseModel, noReadyVersion, planChanged } from '../../job.errors';
import type { JobPlan, JobSubmitInput, JobSummary } from '../../job.schema';
import { holdOf } from '../../plan.rules';
import { jobSubmitted } from '../job.events';
import type { NewEvent } from '../job.repository';
import type { JobDeps } from '../job.service';
import { storedEstimate } from '../job-rows';
import { makePlan } from './plan-job';

/**
 * Job, hold and outbox row in one transaction. No provider is called here: a request may be repeated by a browser, a proxy
 * or an impatient finger, and the same requestId is the same job.
 *
 * @throws conflict `jobs.plan_changed`; precondition_failed `jobs.blocked`; invalid_input `jobs.cap_needed`;
 *   budget_exceeded `budgets.cap_reached`
 */
export const submitJob =
  (deps: JobDeps) =>
  async (actor: Actor, input: JobSubmitInput): Promise<JobSummary> => {
    actor.require('jobs:launch');
    const { workspaceId } = actor;
    const existing = await deps.repo.findByRequest(workspaceId, input.requestId);
    if (existing) return summaryOf(deps, workspaceId, existing);
    const cap = input.cap ?? null;
    const plan = await makePlan(deps, workspaceId, input, cap);
    if (input.planHash !== undefined && input.planHash !== plan.hash) throw planChanged();
    if (plan.blockers.length > 0) throw jobBlocked(plan.blockers);
    const hold = holdOf(plan.estimate, cap);
    if (hold === null) throw capNeeded();
    const kind = (await deps.providers.baseModel(workspaceId, input.connectionId, plan.baseModel.id)).connectionKind;
    const price = await priceSnapshot(deps, workspaceId, kind, plan);
    const id = await deps.inTransaction((tx) => writeJob(deps, tx, actor, { input, plan, hold, price }));
    return summaryOf(deps, workspaceId, id);
  };

interface Launch {
  input: JobSubmitInput;
  plan: JobPlan;
  hold: bigint;
  price: object;
}

async function writeJob(deps: JobDeps, tx: Tx, actor: Actor, { input, plan, hold, price }: Launch): Promise<string> {
  const { repo, budgets, audit, clock } = deps;
  const { workspaceId } = actor;
  const job = { id: newId(), workspaceId };
  const now = clock.now();
  const name = input.name ?? plan.suggestedName;
  // The plan was made before: what it stands on must not be deleted or read anew in this moment.
  await deps.datasets.claimVersion(tx, workspaceId, plan.dataset.versionId);
  await deps.providers.claim(tx, workspaceId, plan.baseModel.connectionId);
  const inserted = await repo.insert(tx, {
    ...job,
    ...{ name, status: 'queued', launchToken: newId(), requestId: input.requestId, queuedAt: now },
    datasetVersionId: plan.dataset.versionId,
    connectionId: plan.baseModel.connectionId,
    baseModel: plan.baseModel.id,
    hyperparameters: plan.hyperparameters,
    suffix: input.suffix || plan.dataset.name.slice(0, 40),
    ...(input.seed !== undefined && { seed: input.seed }),
    estimate: storedEstimate(plan.estimate),
    priceSnapshot: price,
    capNanoUsd: input.cap ?? null,
    totalSteps: null,
    createdById: actor.kind === 'user' ? actor.id : null,
    createdByLabel: actor.label,
  });
  if (!inserted) {
    const first = await repo.findByRequest(workspaceId, input.requestId, tx);
    if (!first) throw jobNotFound();
    return first;
  }
  const { held, warnings } = await budgets.hold(tx, actor, {
    jobId: job.id,
    connectionId: plan.baseModel.connectionId,
    amount: hold,
    description: `Reserved for the job "${name}"`,
    details: { arithmetic: plan.estimate.arithmetic, source: plan.estimate.source },
  });
  const events: NewEvent[] = [
    { type: 'status', message: `Launched by ${actor.label}.`, data: { from: 'draft', to: 'queued' } },
    { type: 'money', message: moneyText(plan, held), data: { held: String(held) } },
    ...warnings.map(({ message }): NewEvent => ({ type: 'warning', level: 'warn', message })),
  ];
  await repo.append(tx, job, events);
  await addToOutbox(tx, jobSubmitted(job, 0));
  await audit(tx, actor, {
    action: 'job.submitted',
    subject: 'job',
    subjectId: job.id,
    details: { name, baseModel: plan.baseModel.id, held: String(held) },
  });
  return job.id;
}

function moneyText(plan: JobPlan, held: bigint): string {
  if (plan.estimate.free) return plan.estimate.freeReason ?? 'This connection costs nothing.';
  return held === 0n
    ? 'Nothing was reserved on the budgets.'
    : 'The budgets have reserved the most that this job may cost.';
}

/** The price in force at submit decides what is charged at the end, whatever happens to the price list meanwhile. */
async function priceSnapshot({ budgets }: JobDeps, workspaceId: string, kind: string, plan: JobPlan): Promise<object> {
  const { free, prices } = await budgets.priceFor(workspaceId, kind, plan.baseModel.id);
  const price = prices.training_token;
  return {
    free: plan.estimate.free || free,
    nanoUsdPerToken: price ? String(price.nanoUsdPerUnit) : null,
    source: price?.source ?? null,
    checkedAt: price?.checkedAt ?? null,
    expectedTokens: plan.dataset.trainTokens * plan.resolved.epochs.expected,
  };
}

async function summaryOf({ queries }: JobDeps, workspaceId: string, id: string): Promise<JobSummary> {
  const job = await queries.summary(workspaceId, id);
  if (!job) throw jobNotFound();
  return job;
}

/** What a launch by API takes when it names no more than a dataset: its newest ready version, at the built-in trainer. */
export const launchDefaults =
  ({ streams, providers }: Pick<JobDeps, 'streams' | 'providers'>) =>
  async (
    actor: Actor,
    choice: {
      datasetId?: string | undefined;
      versionId?: string | undefined;
      connectionId?: string | undefined;
      baseModel?: string | undefined;
    },
  ): Promise<{ datasetVersionId: string; connectionId: string; baseModel: string }> => {
    actor.require('jobs:launch');
    const datasetVersionId =
      choice.versionId ?? (choice.datasetId && (await streams.currentVersion(actor.workspaceId, choice.datasetId)));
    if (datasetVersionId === null) throw noReadyVersion();
    if (!datasetVersionId) throw notFound('dataset', 'datasets.not_found');
    const connectionId = choice.connectionId ?? (await providers.ensureBuiltin(actor.workspaceId)).id;
    if (choice.baseModel) return { datasetVersionId, connectionId, baseModel: choice.baseModel };
    const models = (await providers.listBaseModels(actor)).filter((model) => model.connectionId === connectionId);
    const model = models.find(({ available }) => available) ?? models[0];
    if (!model) throw noBaseModel();
    return { datasetVersionId, connectionId, baseModel: model.id };
  };
