'use client';

import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorPanel } from '@/components/ui/error-panel';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { JobDetail } from '../../job.schema';
import { asText } from './attempts';

type Decision = 'look_again' | 'launch_again' | 'give_up';

/** The create call may or may not have had its effect. Nothing is sent twice without a person's word. */
export function UnknownPanel({ job }: { job: JobDetail }) {
  const [asking, setAsking] = useState(false);
  const launches = useMay('jobs:launch');
  const utils = trpc.useUtils();
  const resolve = trpc.jobs.resolveUnknown.useMutation({
    onSuccess: (now) => {
      utils.jobs.get.setData({ id: job.id }, now);
      if (now.status === 'unknown') toast.info('Looked again: the provider still shows no such job.');
    },
  });
  const decide = (decision: Decision) => resolve.mutateAsync({ id: job.id, decision });
  const pending = (decision: Decision) => resolve.isPending && resolve.variables?.decision === decision;
  const sent = job.attempts.at(-1);
  return (
    <section role="alert" className="rounded-lg border border-warn bg-raised p-4">
      <div className="flex gap-3">
        <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">Nobody knows whether {job.connection.name} started this job</p>
          <p className="mt-0.5 text-muted">
            The request left, and no answer came back. Sending it again could start, and charge, a second job. Look at
            the provider’s own console, or look again from here.
          </p>
          {launches && (
            <div className="mt-3 flex flex-wrap gap-2">
              <Button
                variant="primary"
                pending={pending('look_again')}
                onClick={() => void decide('look_again').catch(() => undefined)}
              >
                Look again
              </Button>
              <Button onClick={() => setAsking(true)}>Launch once more</Button>
              <Button
                variant="ghost"
                pending={pending('give_up')}
                onClick={() => void decide('give_up').catch(() => undefined)}
              >
                Give this launch up
              </Button>
            </div>
          )}
          {resolve.error && <ErrorPanel className="mt-3" title="Nothing was decided" error={resolve.error} />}
          {sent && <CodeBlock className="mt-3" title="What was sent" code={asText(sent.request)} wrap maxHeight={14} />}
        </div>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        tone="primary"
        title={`Launch ${job.name} once more?`}
        confirmLabel="Launch once more"
        onConfirm={() => decide('launch_again')}
      >
        <p>
          The provider is asked once more whether the job is there. If it is, that one is taken over. If it is not, a
          new one is created, and should the first appear after all, two are charged.
        </p>
      </ConfirmDialog>
    </section>
  );
}
