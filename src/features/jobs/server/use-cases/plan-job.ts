import { createHash } from 'node:crypto';
import type { VersionSnapshot } from '@/features/datasets/server';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import type { JobPlan, JobPlanInput } from '../../job.schema';
import {
  chosenHyperparameters,
  findBlockers,
  findWarnings,
  holdOf,
  planFingerprint,
  resolveAuto,
  stepsOf,
} from '../../plan.rules';
import type { JobDeps } from '../job.service';

type Deps = Pick<JobDeps, 'providers' | 'datasets' | 'budgets' | 'streams' | 'clock'>;

/** What a launch would do and cost. Changes nothing, asks no provider. */
export const planJob =
  (deps: Deps) =>
  async (actor: Actor, input: JobPlanInput): Promise<JobPlan> => {
    actor.require('jobs:read');
    return makePlan(deps, actor.workspaceId, input, null);
  };

/** @param cap what a person typed, in nano-dollars: with an unknown price it is what will be held */
export async function makePlan(
  { providers, datasets, budgets, streams, clock }: Deps,
  workspaceId: string,
  input: JobPlanInput,
  cap: bigint | null,
): Promise<JobPlan> {
  const [base, data] = await Promise.all([
    providers.baseModel(workspaceId, input.connectionId, input.baseModel),
    readVersion({ datasets, streams }, workspaceId, input.datasetVersionId),
  ]);
  const chosen = chosenHyperparameters(base, input.hyperparameters);
  const resolved = resolveAuto(base, chosen, data.trainRows);
  const { low, expected, high } = resolved.epochs;
  const [estimate, stepMs] = await Promise.all([
    budgets.estimateTraining(workspaceId, {
      connectionKind: base.connectionKind,
      baseModel: base.id,
      trainTokens: data.trainTokens,
      trainExamples: data.trainRows,
      epochs: { low, expected, high },
    }),
    streams.usualStepMs(workspaceId, input.connectionId, base.id),
  ]);
  const steps = stepsOf(data.trainRows, resolved);
  const hold = holdOf(estimate, null);
  const needsCap = hold === null && cap === null;
  const { datasetId: id, datasetName: name, number: version, versionId } = data;
  const { trainRows, validationRows, holdoutRows, trainTokens } = data;
  const today = clock.now().toISOString().slice(0, 10);
  const plan = {
    dataset: { id, name, version, versionId, trainRows, validationRows, holdoutRows, trainTokens },
    baseModel: {
      connectionId: input.connectionId,
      connectionLabel: base.connectionLabel,
      id: base.id,
      label: base.label,
    },
    hyperparameters: chosen,
    ...{ resolved, steps, estimate, hold, needsCap },
    blockers: findBlockers(base, data, chosen, today),
  };
  return {
    ...plan,
    hash: createHash('sha256').update(planFingerprint(plan)).digest('hex'),
    suggestedName: `${name} v${version} on ${base.label}`.slice(0, 120),
    expectedMs: stepMs === null ? null : Math.round(stepMs * steps),
    warnings: findWarnings(base, data, { needsCap: hold === null }),
  };
}

/** A version that is not ready is no error here but a blocker, shown beside all the others. */
async function readVersion(
  { datasets, streams }: Pick<Deps, 'datasets' | 'streams'>,
  workspaceId: string,
  versionId: string,
): Promise<VersionSnapshot> {
  try {
    return await datasets.snapshot(workspaceId, versionId);
  } catch (error) {
    const notReady = error instanceof AppError && error.reason === 'datasets.version_not_ready';
    const head = notReady ? await streams.versionHead(workspaceId, versionId) : null;
    if (!head) throw error;
    const none = { rows: 0, trainRows: 0, validationRows: 0, holdoutRows: 0 };
    return { ...head, versionId, ...none, trainTokens: 0, trainableTokens: 0, maxExampleTokens: 0 };
  }
}
