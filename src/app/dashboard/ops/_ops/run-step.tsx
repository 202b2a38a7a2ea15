'use client';

import { ChevronRight } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import { Elapsed } from '@/components/ui/elapsed';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusBadge } from '@/components/ui/status-badge';
import { errorMessage, type Step, stepTones } from './run-words';

export function RunStep({ step }: { step: Step }) {
  const failure = errorMessage(step.error);
  return (
    <li>
      <details className="group rounded-md border">
        <summary className="flex min-h-9 list-none items-center gap-2 px-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-faint group-open:rotate-90" />
          <span className="min-w-0 flex-1 truncate">{step.name ?? step.op}</span>
          <span className="text-muted text-sm">
            {step.wakesAt && step.status === 'pending' ? (
              <>
                wakes <RelativeTime date={step.wakesAt} />
              </>
            ) : (
              <Elapsed since={step.createdAt} until={step.endedAt} />
            )}
          </span>
          <StatusBadge tone={stepTones[step.status]} busy={step.status === 'pending'}>
            {step.waitingFor && step.status === 'pending' ? `waits for ${step.waitingFor}` : step.status}
          </StatusBadge>
        </summary>
        <div className="space-y-2 border-t p-2">
          {failure !== null && <p className="text-bad text-sm">{failure}</p>}
          <CodeBlock title="Result" maxHeight={14} code={JSON.stringify(step.data, null, 2) ?? 'null'} />
        </div>
      </details>
    </li>
  );
}
