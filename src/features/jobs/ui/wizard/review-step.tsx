import { CircleAlert } from 'lucide-react';
import { KeyValues } from '@/components/ui/key-values';
import { MoneyText } from '@/components/ui/money-text';
import { formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import type { JobPlan } from '../../job.schema';
import { estimateText } from '../prepare-money';

/** Where every figure comes from: the arithmetic of the estimate, its source and date, what follows afterwards. */
export function ReviewStep({ plan }: { plan: JobPlan }) {
  const { estimate, steps, expectedMs, resolved, dataset } = plan;
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <div>
        <h3 className="mb-2 font-medium">Cost</h3>
        <KeyValues
          items={[
            ['Estimate', estimateText(estimate)],
            [
              'Most likely',
              estimate.expected !== null && !estimate.free ? <MoneyText key="e" amount={estimate.expected} /> : null,
            ],
            [
              'Reserved on the budget',
              plan.hold === null ? 'what you type as the cap' : <MoneyText key="h" amount={plan.hold} />,
            ],
            [
              'Price from',
              estimate.source && <Source key="s" source={estimate.source} checkedAt={estimate.checkedAt} />,
            ],
          ]}
        />
        {(estimate.freeReason ?? estimate.unknownReason) && (
          <p className="mt-2 text-muted text-sm">{estimate.freeReason ?? estimate.unknownReason}</p>
        )}
        {estimate.arithmetic.length > 0 && (
          <ul className="mt-2 space-y-0.5 text-muted text-sm">
            {estimate.arithmetic.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {estimate.serving && <p className="mt-2 text-muted text-sm">{estimate.serving}</p>}
      </div>
      <div>
        <h3 className="mb-2 font-medium">Training</h3>
        <KeyValues
          items={[
            ['Steps', formatCount(steps)],
            ['Tokens per epoch', formatCount(dataset.trainTokens)],
            [
              'Expected time',
              expectedMs === null ? 'unknown until a first job has run here' : `about ${formatDuration(expectedMs)}`,
            ],
            ['Epochs', resolved.epochs.why],
            ['Batch size', resolved.batchSize.why],
            ['Learning rate', `×${formatCount(resolved.learningRateMultiplier.expected, 4)} of the base rate`],
          ]}
        />
      </div>
      {plan.warnings.length > 0 && (
        <ul className="space-y-1 text-sm md:col-span-2">
          {plan.warnings.map((warning) => (
            <li key={warning} className="flex items-start gap-2 text-warn">
              <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
              {warning}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Source({ source, checkedAt }: { source: string; checkedAt: string | null }) {
  const date = checkedAt && `, looked up ${checkedAt.slice(0, 10)}`;
  if (!/^https?:/.test(source)) return `${source}${date ?? ''}`;
  return (
    <>
      <a href={source} target="_blank" rel="noreferrer" className="break-all text-accent hover:underline">
        {new URL(source).host}
      </a>
      {date}
    </>
  );
}
