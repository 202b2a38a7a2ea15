'use client';

import { useRef } from 'react';
import { BarChart } from '@/components/charts/bar-chart';
import { Card } from '@/components/ui/card';
import { Stat } from '@/components/ui/stat';
import { Term } from '@/components/ui/term';
import { formatCount, formatPercent } from '@/lib/format';
import type { VersionStats, VersionSummary } from '../../dataset.schema';
import { roleShares, type Share, shortCount, splitShares, tokenBars, turnShares } from '../prepare-analysis';
import { toCsv } from './csv';
import { ExportMenu } from './export-menu';

/** What is known of a version since it was made: how long examples are, who speaks, how they are split. */
export function Figures({ version, stats }: { version: VersionSummary; stats: VersionStats }) {
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4 rounded-lg border bg-raised p-4 sm:grid-cols-4">
        <Stat label="Examples" value={formatCount(version.rows)} note={`v${version.number}`} />
        <Stat
          label={
            <Term explain="Counted exactly with OpenAI’s o200k encoding. Providers with another tokenizer count a little differently.">
              Tokens
            </Term>
          }
          value={shortCount(version.tokens)}
          note={`${formatCount(version.tokens)} in all`}
        />
        <Stat
          label={
            <Term explain="Tokens of the answers: what the model learns to say. The rest is read as context.">
              Trained on
            </Term>
          }
          value={shortCount(version.trainableTokens)}
          note={`${formatPercent(version.trainableTokens / Math.max(1, version.tokens))} of all tokens`}
        />
        <Stat
          label="Longest example"
          value={`${formatCount(stats.percentiles.max)} tokens`}
          note={`half of them have at most ${formatCount(stats.percentiles.p50)}`}
        />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <Histogram title="Tokens per example" histogram={stats.tokens} />
        <Histogram title="Trained-on tokens per example" histogram={stats.trainableTokens} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Card title="Lengths">
          <Lengths
            rows={[
              ['Half have at most', stats.percentiles.p50],
              ['90 % have at most', stats.percentiles.p90],
              ['99 % have at most', stats.percentiles.p99],
              ['Longest', stats.percentiles.max],
            ]}
            unit="tokens"
          />
        </Card>
        <Shares title="Splits" shares={splitShares(version)} unit="examples" />
        <Shares title="Messages by role" shares={roleShares(stats)} unit="messages" />
        <Shares title="Answers per example" shares={turnShares(stats)} unit="examples" />
      </div>
      <p className="text-muted text-sm">
        {notes(stats, version.rows)} The split follows from the content of each example, so the same text is on the same
        side in every version, and held-out examples are never trained on.
        {version.splitPlan.stratify && ' Where answers are labels, each label has the same shares on every side.'}
      </p>
    </div>
  );
}

function notes(stats: VersionStats, rows: number): string {
  const of = (count: number) =>
    count === rows ? 'all examples' : count === 0 ? 'none' : `${formatCount(count)} of ${formatCount(rows)} examples`;
  return `System prompt: ${of(stats.withSystem)} · tools: ${of(stats.withTools)} · repeats of another example: ${of(stats.duplicates)}.`;
}

function Histogram({ title, histogram }: { title: string; histogram: VersionStats['tokens'] }) {
  const bars = tokenBars(histogram);
  const drawing = useRef<HTMLDivElement>(null);
  const csv = () =>
    toCsv(
      ['tokens', 'examples'],
      bars.map(({ range, value }) => [range.replaceAll('\u2009', ''), value]),
    );
  return (
    <Card title={title} actions={<ExportMenu title={title} csv={csv} chart={drawing} />}>
      <div ref={drawing}>
        <BarChart
          label={title}
          bars={bars}
          xName="tokens"
          valueName="examples"
          formatValue={(value) => formatCount(value)}
        />
      </div>
    </Card>
  );
}

function Lengths({ rows, unit }: { rows: readonly (readonly [string, number])[]; unit: string }) {
  return (
    <dl className="space-y-1.5 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-3">
          <dt className="text-muted">{name}</dt>
          <dd className="whitespace-nowrap">
            {formatCount(value)} {unit}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Shares({ title, shares, unit }: { title: string; shares: readonly Share[]; unit: string }) {
  return (
    <Card title={title}>
      <ul className="space-y-2 text-sm">
        {shares.map(({ name, count, share }) => (
          <li key={name}>
            <div className="flex justify-between gap-3">
              <span className="text-muted">{name}</span>
              <span className="whitespace-nowrap" title={`${formatCount(count)} ${unit}`}>
                {formatCount(count)} <span className="text-faint">{formatPercent(share)}</span>
              </span>
            </div>
            <div aria-hidden className="mt-1 h-1 rounded-full bg-hover">
              <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
