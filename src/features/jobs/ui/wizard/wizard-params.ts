import { createLoader, type inferParserType, parseAsString } from 'nuqs/server';

/** Everything chosen or typed for a new job stands in the address: reload keeps it, a link shares it, "Clone" writes it. */
export const wizardParams = {
  dataset: parseAsString,
  version: parseAsString,
  connection: parseAsString,
  model: parseAsString,
  epochs: parseAsString,
  batch: parseAsString,
  lr: parseAsString,
  name: parseAsString,
  suffix: parseAsString,
  seed: parseAsString,
  cap: parseAsString,
  /** Name of the job whose settings these are. */
  from: parseAsString,
};

export type WizardParams = inferParserType<typeof wizardParams>;

/** So many datasets are offered; more are reached from their own pages. */
export const datasetChoices = { status: 'ready', limit: 200, sort: 'newest' } as const;

export const loadWizardParams = createLoader(wizardParams);
