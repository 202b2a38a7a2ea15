import { ChevronRight, CircleAlert, Info, Scissors } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { KeyValues } from '@/components/ui/key-values';
import { StatusBadge } from '@/components/ui/status-badge';
import { formatCount } from '@/lib/format';
import { useMay } from '@/trpc/use-may';
import type { FitFinding, FitLine } from '../../fit.schema';
import { estimateText } from '../prepare-money';
import { countWords, type FitDataset, launchHref, limitWords, rowsHref, verdictWords } from './fit-words';

const tones = { fits: 'good', after_cut: 'warn', no: 'bad' } as const;

/** One base model: the verdict, why, what it costs, and the way on. */
export function FitRow({ line, dataset }: { line: FitLine; dataset: FitDataset }) {
  const launches = useMay('jobs:launch');
  return (
    <li className="border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-44 flex-1">
          <p className="font-medium">{line.label}</p>
          <p className="text-muted text-sm">{line.connectionLabel}</p>
        </div>
        <StatusBadge tone={tones[line.verdict]}>{verdictWords(line)}</StatusBadge>
        <p className="w-40 text-right text-sm max-sm:w-auto max-sm:text-left">
          {line.verdict === 'no' ? <span className="text-faint">–</span> : estimateText(line.estimate)}
        </p>
        <div className="w-24 text-right max-sm:w-auto">
          {launches && line.verdict !== 'no' && (
            <Button size="sm" asChild>
              <Link href={launchHref(dataset, line)} aria-label={`Fine-tune ${line.label} at ${line.connectionLabel}`}>
                Fine-tune
              </Link>
            </Button>
          )}
        </div>
      </div>
      {line.findings.length > 0 && (
        <ul className="mt-2 space-y-1 text-sm">
          {line.findings.map((finding) => (
            <Finding key={finding.reason} finding={finding} dataset={dataset} />
          ))}
        </ul>
      )}
      <details className="group mt-2 text-sm">
        <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-sm text-muted hover:text-fg">
          <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
          Limits and arithmetic<span className="sr-only"> of {line.label}</span>
        </summary>
        <Details line={line} />
      </details>
    </li>
  );
}

const icons = { stops: CircleAlert, cut: Scissors, note: Info } as const;
const colours = { stops: 'text-bad', cut: 'text-warn', note: 'text-muted' } as const;

function Finding({ finding, dataset }: { finding: FitFinding; dataset: FitDataset }) {
  const Icon = icons[finding.kind];
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-px size-4 shrink-0 ${colours[finding.kind]}`} />
      <span>
        {finding.message}{' '}
        {finding.rows && (
          <Link href={rowsHref(dataset, finding.rows)} className="text-accent hover:underline">
            {finding.rows.count === 1 ? 'Show it' : 'Show them'}
          </Link>
        )}
      </span>
    </li>
  );
}

function Details({ line }: { line: FitLine }) {
  const { estimate, tokenCount, epochs } = line;
  const range =
    epochs.low === epochs.high ? `${epochs.expected}` : `${epochs.expected} (${epochs.low} to ${epochs.high})`;
  const unpriced = estimate.freeReason ?? estimate.unknownReason;
  return (
    <div className="mt-2 grid gap-4 rounded-md bg-sunken p-3 md:grid-cols-2">
      <div className="min-w-0">
        <KeyValues
          items={[
            ...limitWords(line),
            ['Our token counts', countWords(tokenCount)],
            ['Left to train on', `${formatCount(line.trainRows)} examples, ${formatCount(line.trainTokens)} tokens`],
            ['Epochs by default', range],
          ]}
        />
        {!tokenCount.exact && <p className="mt-2 text-muted">{tokenCount.measured}</p>}
      </div>
      <div className="min-w-0">
        <p className="font-medium">Cost: {estimateText(estimate)}</p>
        {unpriced && estimate.arithmetic.length === 0 && <p className="mt-1 text-muted">{unpriced}</p>}
        <ul className="mt-1 space-y-0.5 text-muted">
          {estimate.arithmetic.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        {estimate.source && (
          <p className="mt-1 break-words text-muted">
            Price from {estimate.source}
            {estimate.checkedAt && `, looked up ${estimate.checkedAt.slice(0, 10)}`}
          </p>
        )}
        {estimate.serving && <p className="mt-1 text-muted">{estimate.serving}</p>}
      </div>
    </div>
  );
}
