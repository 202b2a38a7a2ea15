'use client';

import { Check, CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';

interface WizardStepProps {
  number: number;
  title: string;
  /** What is chosen, in one sentence; undefined while it is being worked out. */
  sentence: ReactNode | undefined;
  /** Why it was chosen. */
  why?: ReactNode;
  /** Something here stands in the way. */
  problem?: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** On its button; a step without controls has details. */
  verb?: string;
  children: ReactNode;
}

/** One decision: a sentence while it is untouched, its controls when one wants to change it. */
export function WizardStep({
  number,
  title,
  sentence,
  why,
  problem = false,
  verb = 'Change',
  open,
  onOpenChange,
  children,
}: WizardStepProps) {
  const id = useId();
  return (
    <section aria-labelledby={`${id}-title`} className="rounded-lg border bg-raised">
      <div className="flex items-start gap-3 p-4">
        <span
          aria-hidden
          className={cn(
            'mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full font-medium text-xs',
            problem ? 'bg-warn-soft text-warn' : 'bg-accent-soft text-accent',
          )}
        >
          {problem ? (
            <CircleAlert className="size-3.5" />
          ) : sentence === undefined ? (
            number
          ) : (
            <Check className="size-3.5" />
          )}
        </span>
        <div className="min-w-0 flex-1">
          <h2 id={`${id}-title`} className="font-semibold">
            <span className="sr-only">Step {number}: </span>
            {title}
          </h2>
          {sentence === undefined ? <Skeleton className="mt-1 h-5 w-2/3" /> : <p className="mt-0.5">{sentence}</p>}
          {why && <p className="mt-0.5 text-muted text-sm">{why}</p>}
        </div>
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          aria-controls={`${id}-body`}
          aria-label={open ? `Close ${title}` : `${verb} ${title}`}
          onClick={() => onOpenChange(!open)}
        >
          {open ? 'Close' : verb}
        </Button>
      </div>
      <div id={`${id}-body`} hidden={!open} className="border-t p-4">
        {open && children}
      </div>
    </section>
  );
}
