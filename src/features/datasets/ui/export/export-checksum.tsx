'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Spinner } from '@/components/ui/spinner';
import { formatBytes, formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { VersionSummary } from '../../dataset.schema';
import { type ExportForm, exportChoiceOf, rowsIn, SMALL_ROWS } from './prepare-export';

interface ExportChecksumProps {
  datasetId: string;
  version: VersionSummary;
  form: ExportForm;
}

/** Size and SHA-256 of the file as it will arrive. Many rows are only read for it when somebody asks. */
export function ExportChecksum({ datasetId, version, form }: ExportChecksumProps) {
  const [asked, setAsked] = useState(false);
  const rows = rowsIn(version, form.split);
  const query = trpc.datasets.exportDigest.useQuery(
    { datasetId, ...exportChoiceOf(version, form) },
    { enabled: rows > 0 && (asked || rows <= SMALL_ROWS), staleTime: Number.POSITIVE_INFINITY, retry: false },
  );
  if (rows === 0) return <p className="text-muted text-sm">There are no rows on this side.</p>;
  if (query.error) {
    return (
      <ErrorPanel
        title="The checksum could not be worked out"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div className="min-h-24 rounded-md border bg-sunken p-3 text-sm" aria-live="polite">
      {query.data ? (
        <>
          <p className="break-all font-medium">{query.data.fileName}</p>
          <p className="text-muted">
            {`${formatCount(query.data.rows)} ${query.data.rows === 1 ? 'row' : 'rows'} · `}
            <span title={`${formatCount(query.data.bytes)} bytes`}>{formatBytes(query.data.bytes)}</span>
          </p>
          <div className="mt-1.5 flex items-start gap-1">
            <p className="min-w-0 flex-1">
              <span className="text-muted">SHA-256 </span>
              <code className="break-all font-mono text-xs">{query.data.sha256}</code>
            </p>
            <CopyButton value={query.data.sha256} label="Copy SHA-256" />
          </div>
        </>
      ) : query.isFetching ? (
        <p className="flex items-center gap-2 text-muted">
          <Spinner />
          {`Reading ${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'} for size and SHA-256…`}
        </p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-muted">{`Size and SHA-256 need one look at all ${formatCount(rows)} rows.`}</p>
          <Button size="sm" onClick={() => setAsked(true)}>
            Work out SHA-256
          </Button>
        </div>
      )}
    </div>
  );
}
