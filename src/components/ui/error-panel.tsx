'use client';

import { CircleX } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

const RequestId = dynamic(() => import('./request-id').then((file) => file.RequestId), { ssr: false });

interface ErrorPanelProps {
  /** The thing that did not work: "Jobs could not be loaded". */
  title: string;
  /** An error of the typed client, or any other. Its message says what happened, why and the next step. */
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** A way on besides trying again. */
  actions?: ReactNode;
  className?: string;
}

/** In place of the part that failed; the rest of the page stays. */
export function ErrorPanel({ title, error, onRetry, actions, className }: ErrorPanelProps) {
  const { message, requestId } = describe(error);
  return (
    <div role="alert" className={cn('flex gap-3 rounded-lg border bg-raised p-4', className)}>
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 break-words text-muted">{message}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {onRetry && (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          )}
          {actions}
          {requestId !== null && <RequestId id={requestId} />}
        </div>
      </div>
    </div>
  );
}

const NETWORK =
  'The server did not answer. It may be restarting, or the connection is down. Nothing was changed; try again.';

function describe(error: unknown): { message: string; requestId: string | null } {
  if (!(error instanceof Error)) return { message: 'Something unexpected happened. Try again.', requestId: null };
  const data = (error as { data?: { requestId?: string | null } | null }).data;
  const offline = !data && /failed to fetch|networkerror|load failed/i.test(error.message);
  return { message: offline ? NETWORK : error.message, requestId: data?.requestId ?? null };
}
