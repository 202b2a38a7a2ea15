import { formatPercent } from '@/lib/format';
import type { ScoreBar } from './prepare-proof';

/** Two bars with their 95 % intervals as whiskers; the figures stand beside them, so nothing hangs on colour. */
export function ScoreBars({ scores }: { scores: readonly ScoreBar[] }) {
  return (
    <dl className="grid gap-4">
      {scores.map(({ name, share, low, high }) => (
        <div key={name} className="grid grid-cols-[6.5rem_1fr_auto] items-center gap-3">
          <dt className="text-muted text-sm">{name}</dt>
          <dd aria-hidden className="relative h-3 rounded-full bg-sunken">
            <span
              className={`absolute inset-y-0 left-0 rounded-full ${name === 'Tuned model' ? 'bg-accent' : 'bg-line-strong'}`}
              style={{ width: `${share * 100}%` }}
            />
            <span
              className="absolute top-1/2 h-0.5 -translate-y-1/2 bg-fg/60"
              style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
            />
          </dd>
          <dd className="min-w-32 text-right">
            <span className="font-semibold text-lg">{formatPercent(share)}</span>{' '}
            <span className="text-faint text-xs">
              {formatPercent(low)}–{formatPercent(high)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
