'use client';

import { CircleAlert, CircleX, Info, Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Sheet } from '@/components/ui/sheet';
import { formatCount } from '@/lib/format';
import type { ValidationReport } from '../../dataset.schema';
import { countRows } from '../change/prepare-change';
import { AllPlaces } from './all-places';
import { type OpenerOf, ProblemPlaces } from './problem-places';

export type Group = ValidationReport['groups'][number];

const SEVERITY = {
  error: { Mark: CircleX, look: 'text-bad', word: 'left out' },
  warning: { Mark: CircleAlert, look: 'text-warn', word: 'kept, worth a look' },
  info: { Mark: Info, look: 'text-info', word: 'kept, a remark' },
} as const;

const SHOWN = 5;

interface ProblemGroupProps {
  report: ValidationReport;
  group: Group;
  /** Null: nothing can be changed here. */
  onFix: (() => void) | null;
  openerOf: OpenerOf;
}

export function ProblemGroup({ report, group, onFix, openerOf }: ProblemGroupProps) {
  const [all, setAll] = useState(false);
  const { Mark, look, word } = SEVERITY[group.severity];
  const rest = group.total - Math.min(SHOWN, group.places.length);
  return (
    <Card
      flush
      title={
        <span className="flex min-w-0 items-start gap-2">
          <Mark aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
          <span className="min-w-0 whitespace-normal">
            <span>{group.title}</span>{' '}
            <span className="whitespace-nowrap font-normal text-muted text-sm">
              {formatCount(group.total)} × · {word}
            </span>
          </span>
        </span>
      }
      actions={
        <>
          {rest > 0 && (
            <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
              Show more places
            </Button>
          )}
          {onFix && group.fixable && group.fixableRows !== 0 && (
            <Button size="sm" onClick={onFix}>
              <Wrench aria-hidden />
              {group.fixableRows === null ? 'Fix…' : `Fix ${countRows(group.fixableRows)}…`}
            </Button>
          )}
        </>
      }
    >
      {group.fix && <p className="px-4 pb-2 text-muted text-sm">{group.fix}</p>}
      {group.places.length > 0 && (
        <div className="border-t">
          <ProblemPlaces
            label={group.title}
            places={group.places.slice(0, SHOWN)}
            numbered={report.rowsNumbered}
            openerOf={openerOf}
          />
        </div>
      )}
      <Sheet title={group.title} open={all} onOpenChange={setAll}>
        {all && <AllPlaces report={report} group={group} openerOf={openerOf} />}
      </Sheet>
    </Card>
  );
}
