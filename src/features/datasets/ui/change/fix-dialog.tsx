'use client';

import { useMemo } from 'react';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { ChangeDialog } from './change-dialog';

interface FixDialogProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  group: { code: string; title: string; fix: string };
  onClose: () => void;
}

/** The safe repair of one kind of problem, in every row that has it. */
export function FixDialog({ dataset, version, group, onClose }: FixDialogProps) {
  const change = useMemo(() => ({ kind: 'fix', code: group.code }) as const, [group.code]);
  return (
    <ChangeDialog
      dataset={dataset}
      version={version}
      title={`Fix: ${group.title.charAt(0).toLowerCase()}${group.title.slice(1)}`}
      description="Only what is safe to set right is changed. The version you see stays as it is."
      change={change}
      verb={(rows) => `Fix ${rows}`}
      onClose={onClose}
    />
  );
}
