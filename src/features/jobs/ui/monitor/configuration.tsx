import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { MoneyText } from '@/components/ui/money-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { formatCount } from '@/lib/format';
import type { JobDetail } from '../../job.schema';
import { estimateText } from '../prepare-money';

export function Configuration({ job }: { job: JobDetail }) {
  const { hyperparameters: settings, estimate } = job;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Training">
        <KeyValues
          items={[
            [
              'Base model',
              <span key="b" className="font-mono text-xs">
                {job.baseModel}
              </span>,
            ],
            ['Connection', job.connection.name],
            ['Epochs', settings.epochs],
            ['Batch size', settings.batchSize],
            ['Learning rate ×', settings.learningRateMultiplier],
            ['Suffix', job.suffix],
            ['Seed', String(job.seed)],
            ['Job id at the provider', job.providerJobId && <Id key="p" value={job.providerJobId} />],
            ['Job id here', <Id key="i" value={job.id} />],
            [
              'Launched',
              <span key="l">
                <RelativeTime date={job.createdAt} />
                {job.createdByLabel && ` by ${job.createdByLabel}`}
              </span>,
            ],
          ]}
        />
      </Card>
      <Card title="Money">
        <KeyValues
          items={[
            ['Estimate', estimate && estimateText(estimate)],
            ['So far', <MoneyText key="c" amount={job.cost} />],
            ['Reserved', <MoneyText key="h" amount={job.held} />],
            ['Charged', job.charged === null ? 'not yet' : <MoneyText key="x" amount={job.charged} />],
            ['Cap', job.cap === null ? 'none' : <MoneyText key="k" amount={job.cap} />],
            ['Trained tokens', job.trainedTokens === null ? null : formatCount(job.trainedTokens)],
            [
              'Price from',
              estimate?.source &&
                `${estimate.source}${estimate.checkedAt ? `, ${estimate.checkedAt.slice(0, 10)}` : ''}`,
            ],
          ]}
        />
        {estimate?.freeReason && <p className="mt-3 text-muted text-sm">{estimate.freeReason}</p>}
        {estimate && estimate.arithmetic.length > 0 && (
          <ul className="mt-3 space-y-0.5 text-muted text-sm">
            {estimate.arithmetic.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function Id({ value }: { value: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <span className="break-all font-mono text-xs">{value}</span>
      <CopyButton value={value} label="Copy id" />
    </span>
  );
}
