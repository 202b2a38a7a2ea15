import type { RouterOutputs } from '@/trpc/client';
import type { JobPlanInput } from '../../job.schema';
import { settingsOf, textsOf } from './launch-texts';
import type { WizardParams } from './wizard-params';

export type BaseModel = RouterOutputs['providers']['baseModels'][number];

export interface ChosenModel {
  model: BaseModel;
  /** Why this one, when nobody chose; null when somebody did. */
  why: string | null;
}

/**
 * The base model that was named, else a sensible one: something free to learn with before something that costs, and only one
 * that takes jobs today. Null when there is none at all.
 */
export function chooseBaseModel(
  models: readonly BaseModel[],
  wanted: Pick<WizardParams, 'connection' | 'model'>,
): ChosenModel | null {
  const named = models.find((one) => one.connectionId === wanted.connection && one.id === wanted.model);
  if (named) return { model: named, why: null };
  const open = models.filter((one) => one.available);
  const free = open.find((one) => one.free);
  if (free) return { model: free, why: 'Chosen because trying it costs nothing.' };
  const first = open[0] ?? models[0];
  return first ? { model: first, why: 'The first one that takes jobs today.' } : null;
}

/** What the plan is asked for; server and browser build it the same way, so the answer is there before the page is. */
export function planInputOf(params: WizardParams, versionId: string, chosen: BaseModel): JobPlanInput {
  const settings = settingsOf(textsOf(params));
  return {
    datasetVersionId: versionId,
    connectionId: chosen.connectionId,
    baseModel: chosen.id,
    ...(Object.keys(settings).length > 0 && { hyperparameters: settings }),
  };
}
