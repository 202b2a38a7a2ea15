import { Box, CircleAlert, CircleX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { formatMoney } from '@/lib/money';
import { useMay } from '@/trpc/use-may';
import type { JobDetail } from '../../job.schema';
import { cloneHref } from '../clone-link';
import { asText } from './attempts';

/** What became of the job: its model, why it ended otherwise, or that it has fallen silent. Nothing while all goes well. */
export function JobOutcome({ job }: { job: JobDetail }) {
  if (job.model) return <ModelReady job={job} model={job.model} />;
  if (job.error) return <Failure job={job} error={job.error} />;
  if (job.status === 'cancelled') {
    return (
      <Note title="Cancelled">
        {job.cancelReason ?? 'It was ended before it was done.'} {charged(job)} No model came out of it.
      </Note>
    );
  }
  if (job.status === 'cancelling') {
    return (
      <Note title="Cancelling">
        {job.cancelReason && `${job.cancelReason} `}The provider has been asked to stop. Should the job end first, its
        end counts.
      </Note>
    );
  }
  if (job.stalled) {
    return (
      <Note title="This job has fallen silent">
        No step, event or change of state for longer than its own pace explains. It may still go on; you can wait,
        cancel it, or clone it to another connection.
      </Note>
    );
  }
  return null;
}

const charged = ({ charged: amount }: JobDetail): string =>
  amount === null
    ? 'What was trained until then is being charged.'
    : amount === 0n
      ? 'Nothing was charged.'
      : `${formatMoney(amount)} was charged for what was trained until then.`;

function ModelReady({ job, model }: { job: JobDetail; model: NonNullable<JobDetail['model']> }) {
  return (
    <section className="flex flex-wrap items-center gap-3 rounded-lg border bg-good-soft p-4">
      <Box aria-hidden className="size-4 shrink-0 text-good" />
      <p className="min-w-0 flex-1 basis-64">
        <span className="font-medium">{model.name} is there.</span>{' '}
        <span className="text-muted">
          Trained on {job.dataset.name} v{job.dataset.version}; its proof compares it with the base model on examples it
          has never seen.
        </span>
      </p>
      <Button asChild variant="primary">
        <Link href={`/dashboard/fine-tuning/models/${model.id}`}>Open the model</Link>
      </Button>
    </section>
  );
}

function Failure({ job, error }: { job: JobDetail; error: NonNullable<JobDetail['error']> }) {
  const launches = useMay('jobs:launch');
  return (
    <section role="alert" className="flex gap-3 rounded-lg border bg-raised p-4">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{error.message}</p>
        <p className="mt-0.5 break-words text-muted">{error.nextStep}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {launches && (
            <Button asChild size="sm">
              <Link href={cloneHref(job)}>Launch again with changes</Link>
            </Button>
          )}
          <span className="text-faint text-sm">{error.reason}</span>
        </div>
        {error.evidence !== undefined && (
          <details className="mt-3">
            <summary className="text-muted text-sm hover:text-fg">What the provider said</summary>
            <CodeBlock className="mt-2" title="Evidence" code={asText(error.evidence)} wrap />
          </details>
        )}
      </div>
    </section>
  );
}

function Note({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section role="status" className="flex gap-3 rounded-lg border bg-raised p-4">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 text-muted">{children}</p>
      </div>
    </section>
  );
}
