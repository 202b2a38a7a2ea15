'use client';

import type { OpenVersion } from '@/features/datasets';
import { FitPanel } from '@/features/jobs';

/** A file of its own, so that the page brings it only when the tab is opened. */
export function FitTab({ datasetId, version, older }: OpenVersion) {
  return (
    <FitPanel
      dataset={{ id: datasetId, versionId: version.id, older: older ? version.number : null }}
      ready={version.status === 'ready'}
    />
  );
}
