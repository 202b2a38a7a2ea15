'use client';

import { ClipboardCopy, Download, FileDown } from 'lucide-react';
import type { RefObject } from 'react';
import { copyText } from '@/components/ui/copy-button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { chartSvg, saveFile } from './save-file';

interface ExportMenuProps {
  /** What is exported, for the button and as the name of the file. */
  title: string;
  csv: () => string;
  /** Holds the chart, where there is one. */
  chart?: RefObject<HTMLElement | null>;
}

/** Figures to go on with elsewhere: the table as CSV, the chart as a drawing. */
export function ExportMenu({ title, csv, chart }: ExportMenuProps) {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const copy = async () => {
    if (await copyText(csv())) toast.success(`${title}: copied as CSV`);
    else toast.error('The browser did not let it be copied. Download the CSV instead.');
  };
  const saveChart = () => {
    const svg = chart?.current ? chartSvg(chart.current) : null;
    if (svg) saveFile(`${name}.svg`, 'image/svg+xml', svg);
    else toast.error('The chart is not drawn yet. Try again in a moment.');
  };
  return (
    <DropdownMenu
      trigger={
        <IconButton size="sm" variant="ghost" label={`Export ${title.toLowerCase()}`}>
          <Download />
        </IconButton>
      }
    >
      <MenuItem icon={<FileDown />} onSelect={() => saveFile(`${name}.csv`, 'text/csv;charset=utf-8', csv())}>
        Download CSV
      </MenuItem>
      <MenuItem icon={<ClipboardCopy />} onSelect={() => void copy()}>
        Copy as CSV
      </MenuItem>
      {chart && (
        <MenuItem icon={<FileDown />} onSelect={saveChart}>
          Download chart (SVG)
        </MenuItem>
      )}
    </DropdownMenu>
  );
}
