import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { Elapsed } from '@/components/ui/elapsed';
import { isEnded } from '../../job.rules';
import type { JobDetail } from '../../job.schema';
import { preparePhases } from './prepare-phases';

/** "queued 3 s → preparing 2 s → training 2 min 04 s → …" */
export function PhaseLine({ job }: { job: JobDetail }) {
  const phases = preparePhases(job);
  const { providerStatus, runUrl } = job;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-sm">
      <ol aria-label="Phases" className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {phases.map((phase, index) => (
          <li
            key={phase.name}
            aria-current={phase.state === 'now' ? 'step' : undefined}
            className={cn('flex items-center gap-2', phase.state === 'ahead' && 'text-faint')}
          >
            {index > 0 && <ArrowRight aria-hidden className="size-3.5 text-faint" />}
            <span>
              <span className={cn(phase.state === 'now' && 'font-medium')}>{phase.name}</span>{' '}
              {phase.since && (
                <span className="text-muted">
                  <Elapsed since={phase.since} until={phase.until} />
                </span>
              )}
            </span>
          </li>
        ))}
        {isEnded(job.status) && (
          <li className="flex items-center gap-2">
            <ArrowRight aria-hidden className="size-3.5 text-faint" />
            <span className="font-medium">{job.status}</span>
          </li>
        )}
      </ol>
      <p className="flex flex-wrap gap-x-4 text-muted">
        {providerStatus && providerStatus !== job.status && <span>provider says “{providerStatus}”</span>}
        {runUrl && (
          <Link
            href={runUrl}
            className="text-accent hover:underline"
            {...(/^https?:/.test(runUrl) && { target: '_blank', rel: 'noreferrer' })}
          >
            Durable run
          </Link>
        )}
      </p>
    </div>
  );
}
