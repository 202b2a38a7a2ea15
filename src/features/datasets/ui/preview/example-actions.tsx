'use client';

import { Copy, Ellipsis, Pencil, Split as SplitIcon, Trash2 } from 'lucide-react';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import type { DatasetChange } from '../../change.schema';
import type { DatasetDetail, ExampleDetail, VersionSummary } from '../../dataset.schema';
import { splitNames, splits } from '../../split.rules';
import { useDirectChange } from '../change/use-apply-change';

interface ExampleActionsProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  example: ExampleDetail;
  onEdit: () => void;
  onChanged: (versionId: string) => void;
}

/** What can be done with one example. It is done at once: the way back is in the toast. */
export function ExampleActions({ dataset, version, example, onEdit, onChanged }: ExampleActionsProps) {
  const { apply, pending } = useDirectChange(dataset.id);
  const make = async (change: DatasetChange) => {
    const made = await apply(change, version);
    if (made) onChanged(made.versionId);
  };
  const ids = [example.id];
  return (
    <>
      <IconButton size="sm" label="Edit example" onClick={onEdit}>
        <Pencil />
      </IconButton>
      <DropdownMenu
        trigger={
          <IconButton size="sm" label="More for this example" pending={pending}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Copy />} onSelect={() => void make({ kind: 'duplicate', ids })}>
          Duplicate
        </MenuItem>
        <MenuLabel>Move to</MenuLabel>
        {splits
          .filter((split) => split !== example.split)
          .map((split) => (
            <MenuItem key={split} icon={<SplitIcon />} onSelect={() => void make({ kind: 'move', ids, split })}>
              {splitNames[split]}
            </MenuItem>
          ))}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" hint="Del" onSelect={() => void make({ kind: 'delete', ids })}>
          Delete
        </MenuItem>
      </DropdownMenu>
    </>
  );
}
