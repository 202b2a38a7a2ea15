import { ArrowRight } from 'lucide-react';
import { formatPercent } from '@/lib/format';
import { verdictOf } from '../model.rules';
import type { ModelSummary } from '../model.schema';

const tone = { better: 'text-good', worse: 'text-bad', same: 'text-muted', not_measured: 'text-faint' } as const;

/** "0 % → 85 %" of held-out answers right; says when nothing was measured. */
export function ProofLine({ proof }: { proof: ModelSummary['proof'] }) {
  const verdict = verdictOf(proof);
  if (!proof || proof.base.exactMatch === null || proof.tuned.exactMatch === null)
    return <span className="text-faint">not measured</span>;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {formatPercent(proof.base.exactMatch)}
      <ArrowRight aria-label="to" className="size-3 text-faint" />
      <span className={`font-medium ${tone[verdict]}`}>{formatPercent(proof.tuned.exactMatch)}</span>
    </span>
  );
}
