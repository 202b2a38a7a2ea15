import 'server-only';
import type { InferenceFactory } from '@/integrations/inference/inference-port';
import {
  builtinAnswers,
  openAiAnswers,
  openAiCompatibleAnswers,
  openAiInference,
} from '@/integrations/inference/openai/adapter';
import { openAiTraining } from '@/integrations/training/openai/adapter';
import { builtinProfile, openAiCompatibleProfile, openAiProfile } from '@/integrations/training/openai/profile';
import { createTrainingRegistry } from '@/integrations/training/training-registry';

/** Which adapter trains for which kind of connection. A new vendor is a line here and one below. */
export const trainingProviders = createTrainingRegistry({
  builtin: openAiTraining(builtinProfile),
  openai: openAiTraining(openAiProfile),
  openai_compatible: openAiTraining(openAiCompatibleProfile),
});

const answering: Record<string, InferenceFactory> = {
  builtin: openAiInference(builtinAnswers),
  openai: openAiInference(openAiAnswers),
  openai_compatible: openAiInference(openAiCompatibleAnswers),
};

/** Which adapter answers with the models of which kind of connection. */
export function inferenceProvider(kind: string): InferenceFactory {
  const factory = answering[kind];
  if (!factory) throw new Error(`no inference adapter for the kind "${kind}"`);
  return factory;
}
