'use client';

import { ArrowLeftRight, Download, Ellipsis, FileDown, Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { formatBytes } from '@/lib/format';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { useDirectChange } from '../change/use-apply-change';
import { comparisonHref } from '../diff/compare-address';
import { versionBefore } from './prepare-version';

const ExportDialog = dynamic(() => import('../export/export-dialog').then((file) => file.ExportDialog), { ssr: false });

interface VersionMenuProps {
  dataset: DatasetDetail;
  version: VersionSummary;
}

/** What can be done with a ready version. */
export function VersionMenu({ dataset, version }: VersionMenuProps) {
  const [open, setOpen] = useState<'export' | 'back' | null>(null);
  const close = () => setOpen(null);
  const writes = useMay('datasets:write');
  const isCurrent = version.id === dataset.version.id;
  const before = versionBefore(dataset, version);
  const withCurrent = !isCurrent && before?.id !== dataset.version.id;
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton size="sm" label={`Actions for v${version.number}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        {before && (
          <MenuItem
            icon={<ArrowLeftRight />}
            href={comparisonHref({ from: before.number, to: version.number })}
          >{`Compare with v${before.number}`}</MenuItem>
        )}
        {withCurrent && (
          <MenuItem
            icon={<ArrowLeftRight />}
            href={comparisonHref({ from: version.number, to: dataset.version.number })}
          >{`Compare with v${dataset.version.number}, the current one`}</MenuItem>
        )}
        <MenuItem icon={<Download />} onSelect={() => setOpen('export')}>
          Export
        </MenuItem>
        {version.fileName && (
          <MenuItem
            icon={<FileDown />}
            href={`/api/fine-tuning/datasets/${dataset.id}/file?version=${version.number}`}
            hint={formatBytes(version.bytes)}
          >
            Download its file as uploaded
          </MenuItem>
        )}
        {writes && !isCurrent && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Undo2 />} onSelect={() => setOpen('back')}>
              Go back to this version
            </MenuItem>
          </>
        )}
      </DropdownMenu>
      {open === 'export' && <ExportDialog datasetId={dataset.id} version={version} onClose={close} />}
      <GoBack dataset={dataset} version={version} open={open === 'back'} onClose={close} />
    </>
  );
}

function GoBack({ dataset, version, open, onClose }: VersionMenuProps & { open: boolean; onClose: () => void }) {
  const { apply } = useDirectChange(dataset.id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Go back to v${version.number}?`}
      confirmLabel={`Go back to v${version.number}`}
      tone="primary"
      onConfirm={() => apply({ kind: 'goBack', number: version.number }, dataset.version)}
    >
      <p>
        {`A new version is made with exactly the rows of v${version.number}. Every version in between stays in this list, and jobs and models that came from them are not touched.`}
      </p>
    </ConfirmDialog>
  );
}
