'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Switch } from '@/components/ui/switch';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount } from '@/lib/format';
import type { VersionStats, VersionSummary } from '../../dataset.schema';
import { exampleFlags, type FlagName } from '../../flag.rules';
import { type SignalLine, signalLines, switched } from './prepare-signals';

interface SignalsProps {
  stats: VersionStats;
  version: VersionSummary;
  /** The version is not the one that the dataset opens with. */
  older: boolean;
  off: readonly FlagName[];
  /** Null: this person may look, not change. */
  onOff: ((off: FlagName[]) => void) | null;
}

/** What a score is made of: each signal, its price, the rows that show it, and whether it counts in this dataset. */
export function Signals({ stats, version, older, off, onOff }: SignalsProps) {
  const [all, setAll] = useState(false);
  const lines = signalLines(stats, off);
  const found = lines.filter(({ rows, counts }) => rows > 0 || !counts);
  const shown = all ? lines : found;
  return (
    <Card flush title="Signals">
      <p className="px-4 pb-2 text-muted text-sm">
        {found.length === 0 ? 'No row shows any of them. ' : 'What rows lose points for. '}
        {onOff
          ? 'Switched off, a signal counts for nobody who looks at this dataset.'
          : 'Switched off, a signal does not count.'}
      </p>
      {shown.length > 0 && (
        <Table aria-label="Signals">
          <thead>
            <tr>
              <Th>Signal</Th>
              <Th numeric>Points</Th>
              <Th numeric>Rows</Th>
              <Th>
                <span className="sr-only">Counts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <SignalRow
                key={line.flag}
                line={line}
                href={rowsHref(line.flag, older ? version.number : null)}
                onSwitch={onOff && ((counts) => onOff(switched(off, line.flag, counts)))}
              />
            ))}
          </tbody>
        </Table>
      )}
      {found.length < lines.length && (
        <div className="border-t px-3 py-1.5">
          <Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show those that rows have' : `Show all ${lines.length}`}
          </Button>
        </div>
      )}
    </Card>
  );
}

interface SignalRowProps {
  line: SignalLine;
  href: string;
  onSwitch: ((counts: boolean) => void) | null;
}

function SignalRow({ line: { flag, rows, counts }, href, onSwitch }: SignalRowProps) {
  const { title, explanation, deduction } = exampleFlags[flag];
  return (
    <tr className={cn('last:[&>td]:border-b-0', !counts && 'text-muted')}>
      <Td className="py-1.5">
        <span className="block font-medium first-letter:uppercase">{title}</span>
        <span className="block text-muted">{explanation}</span>
      </Td>
      <Td numeric className={cn(!counts && 'line-through')}>
        −{deduction}
      </Td>
      <Td numeric>
        {rows > 0 ? (
          <Link href={href} className="text-accent hover:underline">
            {formatCount(rows)}
          </Link>
        ) : (
          <span className="text-faint">0</span>
        )}
      </Td>
      <Td>
        <Switch
          checked={counts}
          disabled={onSwitch === null}
          onCheckedChange={(on) => onSwitch?.(on)}
          label={<span className="sr-only">{`Count ${title}`}</span>}
        />
      </Td>
    </tr>
  );
}

/** The preview with the rows that show it. */
function rowsHref(flag: FlagName, number: number | null): string {
  const query = new URLSearchParams({ flag });
  if (number !== null) query.set('version', String(number));
  return `?${query}`;
}
