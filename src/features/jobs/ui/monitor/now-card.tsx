'use client';

import { Card } from '@/components/ui/card';
import { KeyValues } from '@/components/ui/key-values';
import { LiveDot } from '@/components/ui/live-dot';
import { Term } from '@/components/ui/term';
import { formatCount } from '@/lib/format';
import { isEnded } from '../../job.rules';
import { latestOf, three } from './prepare-loss-chart';
import type { JobMonitorView } from './use-job-monitor';

/** The newest figures, and how old they are. Its data attributes let a test measure the way from the trainer to the screen. */
export function NowCard({ view }: { view: JobMonitorView }) {
  const { job, points, newest, receivedAt, connection } = view;
  const now = latestOf(points);
  const ended = isEnded(job.status);
  const figure = (value: number | null | undefined, unit = '') =>
    value === null || value === undefined ? '–' : `${three(value)}${unit}`;
  return (
    <Card title={ended ? 'At the end' : 'Now'}>
      <div
        data-testid="now"
        data-step={now?.step}
        data-provider-time={now?.providerTime?.toISOString()}
        data-delay-ms={newest?.delayMs ?? undefined}
        className="flex h-full flex-col gap-4"
      >
        <KeyValues
          className="grid-cols-[1fr_auto] [&>dd]:text-right"
          items={[
            ['Step', now ? formatCount(now.step) : '–'],
            ['Train loss', figure(now?.trainLoss)],
            ['Validation loss', figure(now?.validLoss)],
            ['Full validation', now?.fullValidLoss == null ? null : figure(now.fullValidLoss)],
            ['Tokens/s', now?.tokensPerSecond == null ? '–' : formatCount(Math.round(now.tokensPerSecond))],
            ['Learning rate', now?.learningRate == null ? '–' : now.learningRate.toExponential(1)],
            ['Trained tokens', job.trainedTokens === null ? null : formatCount(job.trainedTokens)],
          ]}
        />
        <p className="text-muted text-sm">
          <Term explain="How wrong the model’s next-token guesses are. Train loss is measured on examples it learns from, validation loss on ones it does not: when the second rises while the first falls, it learns by heart.">
            How to read this
          </Term>
        </p>
        <div className="border-t pt-3">
          <LiveDot
            state={ended && connection !== 'reconnecting' ? 'off' : connection}
            delayMs={newest?.delayMs ?? null}
            lastAt={receivedAt}
          />
        </div>
      </div>
    </Card>
  );
}
