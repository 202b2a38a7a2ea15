import type { JobDeps } from '@/features/jobs/server/job.service';
import type { BaseModel } from '@/features/providers/provider.schema';
import type { InferenceProvider } from '@/integrations/inference/inference-port';
import type { TrainingProvider } from '@/integrations/training/training-port';
import { database } from '@/platform/db/database';
import type { FakeOpenAi } from '../providers/openai/fake-openai';

export const MODEL = 'gpt-4.1-mini-2025-04-14';

interface Row {
  id: string;
  workspaceId: string;
  label: string;
}

export const baseModelOf = (connection: Row, free: boolean): BaseModel => ({
  ...{ connectionId: connection.id, connectionLabel: connection.label, connectionHealth: 'healthy' },
  connectionKind: free ? 'builtin' : 'openai',
  ...{ id: MODEL, label: 'GPT-4.1 mini', description: null, available: true, unavailableReason: null },
  ...{ contextTokens: null, maxExampleTokens: 65_536, minExamples: 10, maxFileBytes: 512_000_000 },
  tokenizer: 'o200k_base',
  defaults: { epochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
  limits: {
    epochs: { min: 1, max: 50 },
    batchSize: { min: 1, max: 256 },
    learningRateMultiplier: { min: 0.001, max: 100 },
  },
  auto: {
    epochs: { targetExamples: 100, min: 1, max: 25 },
    batchSize: { divisor: 500, min: 1, max: 64 },
    ...{ learningRateMultiplier: 2, explanation: 'The usual rule.', certainty: 'stated' },
  },
  ...{ jobsUntil: null, retiresOn: '2027-01-14', free, source: null, checkedAt: null },
});

/** One connection of one workspace, with the real adapter behind it. */
export function providersOf(lab: {
  connection: Row;
  training: TrainingProvider;
  fake: FakeOpenAi;
  base: BaseModel;
}): JobDeps['providers'] {
  const { connection, training, fake, base } = lab;
  const { id, workspaceId, label } = connection;
  const known = { id, workspaceId, label, kind: base.connectionKind };
  return {
    open: async () => ({ connection: known, caps: training.caps, training, inference: inferenceOf(fake) }),
    baseModel: async () => base,
    listBaseModels: async () => [base],
    ensureBuiltin: async () => known,
    noteFailure: async () => undefined,
    lease: async (connectionId, owner, forMs) => {
      const taken = await database().$executeRaw`
        UPDATE provider_connections SET lease_owner = ${owner}, lease_until = now() + ${forMs} * interval '1 ms'
        WHERE id = ${connectionId}::uuid AND (lease_owner = ${owner} OR lease_until IS NULL OR lease_until < now())`;
      return taken === 1;
    },
  };
}

const inferenceOf = (fake: FakeOpenAi): Pick<InferenceProvider, 'complete'> & InferenceProvider => ({
  complete: async ({ model, messages }) => {
    const response = await fetch(`${fake.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fake.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages }),
    });
    const body = (await response.json()) as { choices: { message: { content: string } }[] };
    const content = body.choices[0]?.message.content ?? null;
    return {
      ...{ id: 'c', model, finishReason: 'stop', usage: null, latencyMs: 0 },
      message: { role: 'assistant', content },
    };
  },
  stream: () => {
    throw new Error('no streams in this lab');
  },
});
