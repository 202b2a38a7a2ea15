'use client';

import { ClipboardPaste, Ellipsis, Pencil, Split, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail } from '../dataset.schema';
import { DeleteDataset } from './delete-dataset';
import { RenameDataset } from './rename-dataset';

const SplitDialog = dynamic(() => import('./change/split-dialog').then((file) => file.SplitDialog), { ssr: false });

interface DatasetMenuProps {
  dataset: DatasetDetail;
  onPaste: () => void;
}

export function DatasetMenu({ dataset, onPaste }: DatasetMenuProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | 'splits' | null>(null);
  const close = () => setOpen(null);
  if (!useMay('datasets:write')) return null;
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label="More actions" variant="secondary">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<ClipboardPaste />} onSelect={onPaste}>
          Paste new version
        </MenuItem>
        {dataset.version.status === 'ready' && (
          <MenuItem icon={<Split />} onSelect={() => setOpen('splits')}>
            Change the splits
          </MenuItem>
        )}
        <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
          Rename and describe
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setOpen('delete')}>
          Delete
        </MenuItem>
      </DropdownMenu>
      <RenameDataset dataset={dataset} open={open === 'rename'} onClose={close} />
      {open === 'splits' && <SplitDialog dataset={dataset} version={dataset.version} onClose={close} />}
      <DeleteDataset dataset={dataset} open={open === 'delete'} onClose={close} />
    </>
  );
}
