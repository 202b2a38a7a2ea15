import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/format';
import type { ExampleDetail } from '../../dataset.schema';
import { exampleFlags, type FlagName } from '../../flag.rules';
import { splitNames } from '../../split.rules';
import { flagName } from '../prepare-message';
import { detailWithoutSignals, notableFlags, scoreTone } from './prepare-score';

/** Split, tokens, score with what it lost points for, and what else is known of an example. */
export function ExampleFigures({ example, off }: { example: ExampleDetail; off: ReadonlySet<FlagName> }) {
  const shown = detailWithoutSignals(example, off);
  const { split, tokens, trainableTokens, score, reasons, flags } = shown.example;
  const explained = new Set(reasons.map(({ flag }) => flag));
  const notable = new Set(notableFlags(flags));
  // The one says what the other is about.
  const saidTwice = (flag: FlagName) => flag === 'warning' && flags.includes('formatWarning');
  const badges = flags.filter((flag) => !explained.has(flag) && !saidTwice(flag));
  return (
    <div className="mb-3 grid gap-1.5 text-sm">
      <p className="flex flex-wrap items-center gap-1.5 text-muted">
        <span>
          {splitNames[split]} · {formatCount(tokens)} tokens, {formatCount(trainableTokens)} trained on
        </span>
        {badges.map((flag) => (
          <span key={flag} title={exampleFlags[flag].explanation}>
            <Badge tone={notable.has(flag) ? 'warn' : 'neutral'}>{flagName(flag)}</Badge>
          </span>
        ))}
      </p>
      {score !== null && (
        <div>
          <p>
            Score <span className={cn('font-medium', scoreTone(score))}>{score}</span>
            <span className="text-muted"> of 100{reasons.length === 0 && ', nothing was taken off'}</span>
          </p>
          {reasons.length > 0 && (
            <ul aria-label="What the score lost points for" className="mt-0.5">
              {reasons.map(({ flag, points, reason }) => (
                <li key={flag} className="grid grid-cols-[2.5rem_minmax(0,1fr)] gap-x-2 text-muted">
                  <span className="text-right font-medium text-warn">−{Math.abs(points)}</span>
                  {reason}
                </li>
              ))}
            </ul>
          )}
          {shown.ignored.length > 0 && (
            <p className="mt-0.5 text-muted">Switched off here: {shown.ignored.map(flagName).join(', ')}.</p>
          )}
        </div>
      )}
    </div>
  );
}
