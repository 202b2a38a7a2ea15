import { formatMoney } from '@/lib/money';
import type { RouterOutputs } from '@/trpc/client';

const DAY_MS = 24 * 3600 * 1000;
const NEAR = 0.8;
const RETIRING_DAYS = 60;
const FAILED_DAYS = 7;
const ROOT = '/dashboard/fine-tuning';

export interface AttentionItem {
  id: string;
  tone: 'warn' | 'bad';
  /** What is the matter, in a sentence. */
  text: string;
  href: string;
  /** What to do about it. */
  action: string;
}

export interface AttentionInput {
  jobs: RouterOutputs['jobs']['list']['items'];
  datasets: RouterOutputs['datasets']['list']['items'];
  models: RouterOutputs['models']['list']['items'];
  providers: RouterOutputs['providers']['list'];
  budgets: RouterOutputs['budgets']['summary']['budgets'];
}

/** What a person should look at first, worst first. Empty is the normal state. */
export function attentionItems(input: AttentionInput, now: Date): AttentionItem[] {
  const items = [
    ...input.jobs.flatMap((job) => ofJob(job, now)),
    ...input.datasets.flatMap(ofDataset),
    ...input.providers.flatMap(ofProvider),
    ...input.budgets.flatMap(ofBudget),
    ...input.models.flatMap((model) => ofModel(model, now)),
  ];
  return items.sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'));
}

function ofJob(job: AttentionInput['jobs'][number], now: Date): AttentionItem[] {
  const base = { id: job.id, href: `${ROOT}/jobs/${job.id}` };
  if (job.status === 'unknown') {
    const text = `${job.name}: it is not known whether the launch reached the provider.`;
    return [{ ...base, tone: 'bad', text, action: 'Decide' }];
  }
  if (job.stalled) return [{ ...base, tone: 'warn', text: `${job.name} has stopped moving.`, action: 'Look' }];
  const recent = job.endedAt !== null && now.getTime() - job.endedAt.getTime() < FAILED_DAYS * DAY_MS;
  if (job.status === 'failed' && recent) {
    return [
      {
        ...base,
        tone: 'bad',
        text: `${job.name} failed: ${job.error?.message ?? 'no reason is known.'}`,
        action: 'See why',
      },
    ];
  }
  return [];
}

function ofDataset(dataset: AttentionInput['datasets'][number]): AttentionItem[] {
  const failed = [dataset.pending, dataset.version].find((version) => version?.status === 'failed');
  if (!failed) return [];
  const text = `${dataset.name} v${failed.number} could not be imported: ${failed.statusReason ?? 'no reason is known.'}`;
  return [{ id: dataset.id, tone: 'bad', text, href: `${ROOT}/datasets/${dataset.id}`, action: 'See why' }];
}

function ofProvider(provider: AttentionInput['providers'][number]): AttentionItem[] {
  if (provider.health !== 'down' && provider.health !== 'degraded') return [];
  const text = `${provider.label} is ${provider.health}${provider.healthMessage ? `: ${provider.healthMessage}` : '.'}`;
  const tone = provider.health === 'down' ? 'bad' : 'warn';
  return [{ id: provider.id, tone, text, href: `${ROOT}/providers`, action: 'Check' }];
}

function ofBudget(budget: AttentionInput['budgets'][number]): AttentionItem[] {
  const used = budget.spent + budget.held;
  const ratio = budget.limit > 0n ? Number(used) / Number(budget.limit) : 0;
  if (!budget.active || ratio < NEAR) return [];
  const text = `${budget.name}: ${formatMoney(used)} of ${formatMoney(budget.limit)} is used.`;
  return [{ id: budget.id, tone: ratio >= 1 ? 'bad' : 'warn', text, href: `${ROOT}/budgets`, action: 'Open budgets' }];
}

function ofModel(model: AttentionInput['models'][number], now: Date): AttentionItem[] {
  if (!model.shutdownOn || model.status === 'retired' || model.status === 'deleted') return [];
  const days = Math.ceil((model.shutdownOn.getTime() - now.getTime()) / DAY_MS);
  if (days > RETIRING_DAYS) return [];
  const date = model.shutdownOn.toISOString().slice(0, 10);
  const text =
    days > 0
      ? `${model.label} stops answering on ${date}, in ${days} d.`
      : `${model.label} stopped answering on ${date}.`;
  return [
    { id: model.id, tone: days > 0 ? 'warn' : 'bad', text, href: `${ROOT}/models/${model.id}`, action: 'Plan a move' },
  ];
}
