import type { Hyperparameters } from '../../job.schema';
import { readSetting } from '../../setting.rules';
import type { WizardParams } from './wizard-params';

/** What is typed in the wizard. What it means, and what is wrong with it, says `launchForm`. */
export interface LaunchTexts {
  epochs: string;
  batchSize: string;
  learningRateMultiplier: string;
  name: string;
  suffix: string;
  seed: string;
  cap: string;
}

export const textsOf = (params: WizardParams): LaunchTexts => ({
  epochs: params.epochs ?? '',
  batchSize: params.batch ?? '',
  learningRateMultiplier: params.lr ?? '',
  name: params.name ?? '',
  suffix: params.suffix ?? '',
  seed: params.seed ?? '',
  cap: params.cap ?? '',
});

export const paramsOf = (texts: LaunchTexts) => ({
  epochs: texts.epochs || null,
  batch: texts.batchSize || null,
  lr: texts.learningRateMultiplier || null,
  name: texts.name || null,
  suffix: texts.suffix || null,
  seed: texts.seed || null,
  cap: texts.cap || null,
});

/** The settings that can be understood; a half-typed one counts as untouched until it can. */
export function settingsOf(texts: Pick<LaunchTexts, keyof Hyperparameters>): Partial<Hyperparameters> {
  const epochs = readSetting('epochs', texts.epochs);
  const batchSize = readSetting('batchSize', texts.batchSize);
  const learningRateMultiplier = readSetting('learningRateMultiplier', texts.learningRateMultiplier);
  return {
    ...(epochs !== undefined && { epochs }),
    ...(batchSize !== undefined && { batchSize }),
    ...(learningRateMultiplier !== undefined && { learningRateMultiplier }),
  };
}
