import { formatCount } from '@/lib/format';
import { splitShares } from '../prepare-analysis';

interface SplitBarProps {
  label: string;
  trainRows: number;
  validationRows: number;
  holdoutRows: number;
}

/** In the order of the splits. */
const FILL = ['bg-accent', 'bg-accent/50', 'bg-faint'] as const;

/** Rows by split as one bar, with the figures beside it. */
export function SplitBar({ label, ...rows }: SplitBarProps) {
  const shares = splitShares(rows);
  return (
    <div className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-center gap-x-3 text-sm">
      <span className="text-muted">{label}</span>
      <div>
        <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
          {shares.map(({ name, share }, index) => (
            <span key={name} className={FILL[index]} style={{ width: `${share * 100}%` }} />
          ))}
        </div>
        <p className="mt-1 flex flex-wrap gap-x-4 text-muted">
          {shares.map(({ name, count }, index) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={`size-2 rounded-full ${FILL[index]}`} />
              {name} {formatCount(count)}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
