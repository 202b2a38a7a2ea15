'use client';

import { Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { VersionSummary } from '../../dataset.schema';

const ExportDialog = dynamic(() => import('./export-dialog').then((file) => file.ExportDialog), { ssr: false });

/** Only a ready version has rows to give out. */
export function ExportButton({ datasetId, version }: { datasetId: string; version: VersionSummary }) {
  const [open, setOpen] = useState(false);
  if (version.status !== 'ready') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download aria-hidden />
        Export
      </Button>
      {open && <ExportDialog datasetId={datasetId} version={version} onClose={() => setOpen(false)} />}
    </>
  );
}
