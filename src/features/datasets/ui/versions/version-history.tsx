'use client';

import Link from 'next/link';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th } from '@/components/ui/table';
import { formatBytes, formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { DatasetStatus } from '../dataset-status';

const SOURCES: Record<VersionSummary['source'], string> = {
  upload: 'Uploaded',
  paste: 'Pasted',
  api: 'By API',
  conversations: 'From conversations',
  sample: 'Sample',
  edit: 'Edited',
};

/** Columns that a narrow screen has no room for. */
const WIDE = 'max-sm:hidden';

/** Who made which version, when, out of what. Versions never change, so each row stays true. */
export function VersionHistory({ dataset }: { dataset: DatasetDetail }) {
  return (
    <Card flush>
      <Table aria-label="Versions">
        <thead>
          <tr>
            <Th>Version</Th>
            <Th>State</Th>
            <Th className={WIDE}>Made from</Th>
            <Th numeric>Rows</Th>
            <Th numeric className={WIDE}>
              Tokens
            </Th>
            <Th numeric>Left out</Th>
            <Th numeric className={WIDE}>
              Warnings
            </Th>
            <Th className={WIDE}>By</Th>
            <Th numeric className={WIDE}>
              When
            </Th>
            <Th className="relative">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {dataset.history.map((version) => (
            <Row key={version.id} dataset={dataset} version={version} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Row({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  const ready = version.status === 'ready';
  const figure = (value: number) => (ready ? formatCount(value) : '–');
  return (
    <tr className="last:[&>td]:border-b-0 hover:bg-sunken">
      <Td className="whitespace-nowrap font-medium">
        v{version.number}
        {version.id === dataset.version.id && ready && <span className="font-normal text-faint"> current</span>}
      </Td>
      <Td>
        <DatasetStatus status={version.status} />
      </Td>
      <Td className={cn('max-w-64', WIDE)}>
        <span className="block truncate" title={version.sha256 ? `SHA-256 ${version.sha256}` : undefined}>
          {SOURCES[version.source]}
          <span className="text-muted">{` · ${version.sourceLabel ?? version.fileName ?? ''} ${formatBytes(version.bytes)}`}</span>
        </span>
      </Td>
      <Td numeric>{figure(version.rows)}</Td>
      <Td numeric className={WIDE}>
        {figure(version.tokens)}
      </Td>
      <Td numeric>{formatCount(version.problems)}</Td>
      <Td numeric className={WIDE}>
        {formatCount(version.warnings)}
      </Td>
      <Td className={cn('max-w-40 truncate text-muted', WIDE)}>{version.createdByLabel ?? 'Tuneloop'}</Td>
      <Td numeric className={cn('text-muted', WIDE)}>
        <RelativeTime date={version.createdAt} />
      </Td>
      <Td className="whitespace-nowrap text-right">
        {ready ? (
          <Button size="sm" variant="ghost" asChild>
            <Link href={`?version=${version.number}`}>Look at it</Link>
          </Button>
        ) : (
          <CheckAgain dataset={dataset} version={version} />
        )}
      </Td>
    </tr>
  );
}

function CheckAgain({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  const utils = trpc.useUtils();
  const again = trpc.datasets.validate.useMutation({
    onSuccess: () => utils.datasets.invalidate(),
    onError: (error) => toast.error(error.message),
  });
  const writes = useMay('datasets:write');
  if (!writes || (version.status !== 'failed' && version.status !== 'cancelled')) return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      pending={again.isPending}
      onClick={() => again.mutate({ datasetId: dataset.id, versionId: version.id })}
    >
      Check again
    </Button>
  );
}
