import { formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import type { JobPlan } from '../../job.schema';
import { estimateText } from '../prepare-money';

const count = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

/** "support-tickets v4: 992 examples to train on, 124 to validate with, 124 held out for the proof." */
export function dataSentence({ dataset }: Pick<JobPlan, 'dataset'>): string {
  const { name, version, trainRows, validationRows, holdoutRows } = dataset;
  const parts = [
    `${count(trainRows, 'example')} to train on`,
    validationRows > 0 ? `${formatCount(validationRows)} to validate with` : null,
    holdoutRows > 0 ? `${formatCount(holdoutRows)} held out for the proof` : null,
  ];
  return `${name} v${version}: ${parts.filter((part) => part !== null).join(', ')}.`;
}

/** "3 epochs, 4 examples per step, learning rate ×1.8." */
export function settingsSentence({ resolved }: Pick<JobPlan, 'resolved'>): string {
  const { epochs, batchSize, learningRateMultiplier } = resolved;
  const passes =
    epochs.low === epochs.high ? count(epochs.expected, 'epoch') : `${epochs.low} to ${count(epochs.high, 'epoch')}`;
  const rate = formatCount(learningRateMultiplier.expected, 4);
  return `${passes}, ${count(batchSize.expected, 'example')} per step, learning rate ×${rate}.`;
}

/** "465 steps, about 2 min 10 s, free." */
export function effortSentence({
  steps,
  expectedMs,
  estimate,
}: Pick<JobPlan, 'steps' | 'expectedMs' | 'estimate'>): string {
  const time = expectedMs === null ? null : `about ${formatDuration(expectedMs)}`;
  return `${[count(steps, 'step'), time, estimateText(estimate)].filter((part) => part !== null).join(', ')}.`;
}

/** What differs between the plan a person saw and the one in force now, each as "cost: $4.00 is now $4.20". */
export function planChanges(seen: JobPlan, now: JobPlan): string[] {
  const figures: [string, (plan: JobPlan) => string][] = [
    ['cost', ({ estimate }) => estimateText(estimate)],
    ['examples to train on', ({ dataset }) => formatCount(dataset.trainRows)],
    ['tokens per epoch', ({ dataset }) => formatCount(dataset.trainTokens)],
    ['settings', settingsSentence],
    ['steps', ({ steps }) => formatCount(steps)],
    ['version', ({ dataset }) => `v${dataset.version}`],
    ['what stands in the way', ({ blockers }) => blockers.map(({ message }) => message).join(' ') || 'nothing'],
  ];
  return figures.flatMap(([name, read]) => {
    const [before, after] = [read(seen), read(now)];
    return before === after ? [] : [`${name}: ${before} is now ${after}`];
  });
}
