import { BASE_MODEL, type TrainerConfig } from '../config';
import { MAX_FILE_BYTES } from '../files/receive-upload';
import type { JobStore } from '../jobs/job-store';
import { MAX_EXAMPLES, MIN_EXAMPLES } from '../training/chat-data';
import { AUTO, LIMITS } from '../training/hyperparameters';
import { MAX_EXAMPLE_TOKENS } from '../training/packing';
import { CONTEXT_TOKENS } from './reply';

/** A model in OpenAI's shape. */
export interface ModelObject {
  readonly id: string;
  readonly object: 'model';
  /** Unix seconds. */
  readonly created: number;
  readonly owned_by: string;
  /** Said of the base only, beyond OpenAI's shape: whoever sends jobs need not guess what this trainer takes. */
  readonly tunable?: true;
  readonly context_length?: number;
  readonly fine_tuning?: typeof FINE_TUNING;
}

const FINE_TUNING = {
  min_examples: MIN_EXAMPLES,
  max_examples: MAX_EXAMPLES,
  max_example_tokens: MAX_EXAMPLE_TOKENS,
  max_file_bytes: MAX_FILE_BYTES,
  hyperparameters: LIMITS,
  auto: AUTO,
};

/** A model that can be served, and the checkpoint that holds it. */
export interface ServableModel {
  readonly model: ModelObject;
  readonly checkpoint: string;
}

// the day the base was trained
const BASE_CREATED = Date.UTC(2026, 10, 24) / 1000;

/** Finds models: the base, the results of succeeded jobs, and every checkpoint. */
export class ModelCatalog {
  constructor(
    private readonly config: TrainerConfig,
    private readonly jobs: JobStore,
  ) {}

  /** The base and the tuned models, as OpenAI lists them; checkpoints are found by {@link find} only. */
  list(): ModelObject[] {
    const tuned = this.jobs.list().flatMap(({ object }) => {
      const found = object.fine_tuned_model ? this.find(object.fine_tuned_model) : undefined;
      return found ? [found.model] : [];
    });
    return [this.base().model, ...tuned];
  }

  find(id: string): ServableModel | undefined {
    if (id === BASE_MODEL) return this.base();
    for (const { object, checkpoints } of this.jobs.list()) {
      const isResult = id === object.fine_tuned_model;
      const found = isResult ? checkpoints.at(-1) : checkpoints.find((c) => c.fine_tuned_model_checkpoint === id);
      if (!found) continue;
      const model: ModelObject = { id, object: 'model', created: found.created_at, owned_by: object.organization_id };
      return { model, checkpoint: this.jobs.pathOf(object.id, `checkpoint-${found.step_number}.safetensors`) };
    }
    return undefined;
  }

  private base(): ServableModel {
    const model: ModelObject = {
      ...{ id: BASE_MODEL, object: 'model', created: BASE_CREATED, owned_by: 'tuneloop' },
      ...{ tunable: true, context_length: CONTEXT_TOKENS, fine_tuning: FINE_TUNING },
    };
    return { model, checkpoint: this.config.baseCheckpoint };
  }
}
