import { Send } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import type { JobDetail } from '../../job.schema';

type Attempt = JobDetail['attempts'][number];

const OUTCOME: Record<Attempt['outcome'], { tone: 'neutral' | 'good' | 'warn' | 'bad'; word: string }> = {
  intended: { tone: 'neutral', word: 'on its way' },
  accepted: { tone: 'good', word: 'accepted' },
  rejected: { tone: 'bad', word: 'refused' },
  unknown: { tone: 'warn', word: 'outcome unknown' },
  adopted: { tone: 'good', word: 'found there and taken over' },
};

/** Each try to create the job, with what was sent and what came back. Secrets are not among it. */
export function Attempts({ job }: { job: JobDetail }) {
  if (job.attempts.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={<Send />}>What is sent to the provider, and what it answers, will stand here.</EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-4">
      {job.attempts.toReversed().map((attempt) => (
        <Card
          key={attempt.number}
          title={
            <span className="flex items-center gap-2">
              Attempt {attempt.number}
              <Badge tone={OUTCOME[attempt.outcome].tone}>{OUTCOME[attempt.outcome].word}</Badge>
            </span>
          }
          actions={
            <span className="text-muted text-sm">
              <RelativeTime date={attempt.intendedAt} />
            </span>
          }
        >
          <div className="grid gap-3 lg:grid-cols-2">
            <CodeBlock title="Sent" code={asText(attempt.request)} wrap />
            <CodeBlock title="Answer" code={asText(attempt.response)} wrap />
          </div>
        </Card>
      ))}
    </div>
  );
}

export const asText = (value: unknown): string =>
  value === null || value === undefined
    ? 'nothing'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value, null, 2);
