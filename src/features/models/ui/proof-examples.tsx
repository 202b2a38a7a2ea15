'use client';

import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { countOutcomes, type Outcome, type ProofRow } from './prepare-proof';

type Filter = 'all' | Outcome;

const FIRST = 12;

/** Held-out questions with what was expected and what each model said. */
export function ProofExamples({ rows }: { rows: readonly ProofRow[] }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [all, setAll] = useState(false);
  const counts = countOutcomes(rows);
  const options: { value: Filter; label: string }[] = [
    { value: 'all', label: `All ${rows.length}` },
    { value: 'won', label: `Won ${counts.won}` },
    { value: 'lost', label: `Lost ${counts.lost}` },
    { value: 'both_wrong', label: `Both wrong ${counts.both_wrong}` },
    { value: 'both_right', label: `Both right ${counts.both_right}` },
  ];
  const chosen = rows.filter((row) => filter === 'all' || row.outcome === filter);
  const shown = all ? chosen : chosen.slice(0, FIRST);
  return (
    <div>
      <div className="overflow-x-auto px-4 pt-3">
        <div className="w-max">
          <SegmentedControl aria-label="Which examples" options={options} value={filter} onValueChange={setFilter} />
        </div>
      </div>
      {chosen.length === 0 ? (
        <EmptyState>No example fell into this group.</EmptyState>
      ) : (
        <ol className="mt-3 divide-y border-t">
          {shown.map((row) => (
            <li key={row.key} className="grid gap-3 px-4 py-3 md:grid-cols-2 xl:grid-cols-4">
              <Text label="Question" text={row.question} />
              <Text label="Expected" text={row.expected} />
              <Text label="Base model" text={row.base} right={row.outcome === 'both_right' || row.outcome === 'lost'} />
              <Text
                label="Tuned model"
                text={row.tuned}
                right={row.outcome === 'both_right' || row.outcome === 'won'}
              />
            </li>
          ))}
        </ol>
      )}
      {chosen.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="w-full border-t py-2.5 text-center text-muted text-sm hover:bg-sunken hover:text-fg"
        >
          Show all {chosen.length}
        </button>
      )}
    </div>
  );
}

function Text({ label, text, right }: { label: string; text: string; right?: boolean }) {
  return (
    <div className="min-w-0">
      <div className="mb-0.5 flex items-center gap-1 text-faint text-xs">
        {label}
        {right === true && <Check aria-label="right" className="size-3.5 text-good" />}
        {right === false && <X aria-label="wrong" className="size-3.5 text-bad" />}
      </div>
      <p className="line-clamp-6 whitespace-pre-wrap break-words text-sm">{text || <em>empty answer</em>}</p>
    </div>
  );
}
