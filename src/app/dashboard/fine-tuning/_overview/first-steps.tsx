import { CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useMay } from '@/trpc/use-may';
import type { Lists } from './lists';

const ROOT = '/dashboard/fine-tuning';

/** The first time round the loop, with its real state. Goes away for good when an agent serves a model trained here. */
export function FirstSteps({ datasets, jobs, models, agents }: Lists) {
  const launches = useMay('jobs:launch');
  if (!launches || !datasets || !jobs || !models || !agents) return null;
  const ready = datasets.items.filter((dataset) => dataset.version.status === 'ready');
  const running = jobs.items.find((job) => job.endedAt === null);
  const newest = models.items[0];
  const serving = agents.items.find((agent) => agent.release?.modelId);
  if (serving) return null;
  const samples = ready.filter((dataset) => dataset.version.source === 'sample').length;
  const steps = [
    {
      title: 'Bring data',
      done: ready.length > 0,
      text:
        ready.length > 0
          ? `${ready.length} ready${samples > 0 ? `, ${samples} of them samples` : ''}`
          : 'Upload examples, or paste some',
      href: `${ROOT}/datasets`,
      action: ready.length > 0 ? 'See datasets' : 'Upload dataset',
    },
    {
      title: 'Train a model',
      done: newest !== undefined,
      text: newest
        ? `${newest.label} is trained`
        : running
          ? `${running.name} is running`
          : 'Two or three minutes on the built-in trainer, free',
      href: newest || !running ? `${ROOT}/jobs/new` : `${ROOT}/jobs/${running.id}`,
      action: running && !newest ? 'Watch it' : 'New job',
    },
    {
      title: 'Put it behind an agent',
      done: false,
      text: 'A name that callers keep, whatever model answers',
      href: newest ? `${ROOT}/models/${newest.id}` : `${ROOT}/agents`,
      action: newest ? 'Deploy the model' : 'See agents',
    },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <ol
      aria-label="First steps"
      className="grid overflow-hidden rounded-lg border bg-raised max-rail:divide-y rail:grid-cols-3 rail:divide-x"
    >
      {steps.map((step, index) => (
        <li key={step.title} className={cn('flex flex-col gap-2 p-4', index === next && 'bg-accent-soft')}>
          <div className="flex items-center gap-2 font-semibold">
            {step.done ? (
              <CircleCheck aria-label="done" className="size-4 text-good" />
            ) : (
              <CircleDashed
                aria-label="to do"
                className={cn('size-4', index === next ? 'text-accent' : 'text-faint')}
              />
            )}
            {index + 1}. {step.title}
          </div>
          <p className="flex-1 text-muted">{step.text}</p>
          <div>
            <Button asChild size="sm" variant={index > next ? 'ghost' : 'secondary'}>
              <Link href={step.href}>{step.action}</Link>
            </Button>
          </div>
        </li>
      ))}
    </ol>
  );
}
