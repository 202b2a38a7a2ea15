import type { HoldoutExample } from '@/features/datasets/server';
import type { InferenceProvider } from '@/integrations/inference/inference-port';
import { isProviderFailure } from '@/integrations/provider-failure';
import { systemActor } from '@/lib/actor';
import { multiplyUp } from '@/lib/money';
import { newId } from '@/lib/new-id';
import { storableText } from '@/lib/storable-text';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { explain, mayPass } from '../provider-words';

const MAX_EXAMPLES = 40;
const AT_ONCE = 2;
const RETRY_MS = 20_000;
/** A new model may answer only minutes after its job succeeded; after so long the proof says why it is missing. */
const PATIENCE_MS = 15 * 60_000;
const SHOWN = 4000;

type Deps = Pick<JobDeps, 'repo' | 'queries' | 'streams' | 'providers' | 'datasets' | 'models' | 'budgets' | 'clock'>;

interface Answers {
  rows: { exampleId: string; question: string; expected: string; base: string; tuned: string }[];
  tokensIn: Record<'base' | 'tuned', number>;
  tokensOut: Record<'base' | 'tuned', number>;
}

/**
 * Asks base and tuned model the held-out examples, which no provider was ever sent for training, and stores the comparison
 * with every answer. Repeating it asks again and stores the newer result.
 */
export const evaluateJob =
  (deps: Deps) =>
  async (jobId: string): Promise<{ exactMatch: Record<'base' | 'tuned', number | null>; waitMs: number | null }> => {
    const job = await deps.repo.find(jobId);
    const model = job && (await deps.queries.summary(job.workspaceId, jobId))?.model;
    if (!job || !model || !job.tunedModelId) return { exactMatch: { base: null, tuned: null }, waitMs: null };
    const loss = await deps.streams.fullLosses(jobId);
    const examples = await deps.datasets.holdout(job.workspaceId, job.datasetVersionId, MAX_EXAMPLES);
    const measuredAt = deps.clock.now().toISOString();
    const save = (exactMatch: Record<'base' | 'tuned', number | null>, rows: Answers['rows'], failure?: string) =>
      deps.models.saveProof(systemActor(job.workspaceId), model.id, {
        base: { exactMatch: exactMatch.base, loss: loss.base },
        tuned: { exactMatch: exactMatch.tuned, loss: loss.tuned },
        ...{ examples: rows.length, measuredAt, rows },
        ...(failure !== undefined && { failure }),
      });
    try {
      const { inference, connection } = await deps.providers.open(job.workspaceId, job.connectionId);
      const spending = { connectionId: job.connectionId, connectionKind: connection.kind };
      await deps.budgets.assertCanSpend(job.workspaceId, spending);
      const answers: Answers = { rows: [], tokensIn: { base: 0, tuned: 0 }, tokensOut: { base: 0, tuned: 0 } };
      try {
        await askAll(deps, job, { inference, tuned: job.tunedModelId, examples, answers });
      } finally {
        // One that breaks off has cost what it asked until then, and so has each one that is tried again.
        await charge(deps, job, connection.kind, answers);
      }
      const exactMatch = { base: share(answers.rows, 'base'), tuned: share(answers.rows, 'tuned') };
      const none = examples.length === 0 ? 'This dataset version has no held-out examples.' : undefined;
      await save(exactMatch, answers.rows, none);
      await tell(deps, job);
      return { exactMatch, waitMs: null };
    } catch (error) {
      const ageMs = deps.clock.now().getTime() - (job.endedAt ?? job.createdAt).getTime();
      const notYet = isProviderFailure(error) && error.class === 'not_found';
      if ((mayPass(error) || notYet) && ageMs < PATIENCE_MS)
        return { exactMatch: { base: null, tuned: null }, waitMs: RETRY_MS };
      await save({ base: null, tuned: null }, [], explain(error, 'Comparing base and tuned model').message);
      await tell(deps, job);
      return { exactMatch: { base: null, tuned: null }, waitMs: null };
    }
  };

const shown = (text: string): string => storableText(text.slice(0, SHOWN));

const tell = ({ repo }: Deps, job: JobRow) => repo.announce(undefined, job);

interface Questions {
  inference: InferenceProvider;
  tuned: string;
  examples: HoldoutExample[];
  /** Filled while they come. */
  answers: Answers;
}

async function askAll(
  { repo, clock }: Deps,
  job: JobRow,
  { inference, tuned, examples, answers }: Questions,
): Promise<void> {
  const models = { base: job.baseModel, tuned };
  const ask = async (which: 'base' | 'tuned', example: HoldoutExample): Promise<string> => {
    const { message, usage } = await inference.complete({
      model: models[which],
      messages: example.messages as Parameters<InferenceProvider['complete']>[0]['messages'],
      temperature: 0,
      maxTokens: Math.min(512, Math.ceil(example.expected.length / 2) + 32),
    });
    answers.tokensIn[which] += usage?.promptTokens ?? 0;
    answers.tokensOut[which] += usage?.completionTokens ?? 0;
    return (message.content ?? '').trim();
  };
  for (let start = 0; start < examples.length; start += AT_ONCE) {
    const rows = examples.slice(start, start + AT_ONCE).map(async (example) => ({
      exampleId: example.id,
      question: shown(example.messages.findLast(({ role }) => role === 'user')?.content ?? ''),
      expected: shown(example.expected.trim()),
      base: shown(await ask('base', example)),
      tuned: shown(await ask('tuned', example)),
    }));
    answers.rows.push(...(await allOf(rows)));
    await repo.change(undefined, job.id, { heartbeatAt: clock.now() });
  }
}

/** Waits for every one before the first failure is thrown: what still runs costs too. */
async function allOf<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function share(rows: Answers['rows'], which: 'base' | 'tuned'): number | null {
  if (rows.length === 0) return null;
  return rows.filter((row) => row[which] === row.expected).length / rows.length;
}

/** The comparison is a cost like any other; where no price is known nothing is booked, and nothing is claimed to be free. */
async function charge({ budgets }: Deps, job: JobRow, kind: string, answers: Answers): Promise<void> {
  let amount = 0n;
  for (const [which, model] of [
    ['base', job.baseModel],
    ['tuned', job.tunedModelId ?? ''],
  ] as const) {
    const sheet = await budgets.priceFor(job.workspaceId, kind, model);
    const { input_token: input, output_token: output } = sheet.prices;
    if (sheet.free || !input || !output) continue;
    amount += multiplyUp(input.nanoUsdPerUnit, answers.tokensIn[which]);
    amount += multiplyUp(output.nanoUsdPerUnit, answers.tokensOut[which]);
  }
  if (amount === 0n) return;
  await budgets.charge(undefined, {
    workspaceId: job.workspaceId,
    key: `evaluation:${job.id}:${newId()}`,
    amount,
    connectionId: job.connectionId,
    description: `Comparing base and tuned model of the job "${job.name}"`,
    details: { tokensIn: answers.tokensIn, tokensOut: answers.tokensOut },
  });
}
