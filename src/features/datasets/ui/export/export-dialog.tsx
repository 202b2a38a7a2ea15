'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { VersionSummary } from '../../dataset.schema';
import { ExportChecksum } from './export-checksum';
import { type ExportForm, exportFormatOptions, exportHref, rowsIn, splitOptions, withFormat } from './prepare-export';

interface ExportDialogProps {
  datasetId: string;
  version: VersionSummary;
  onClose: () => void;
}

/** A version as a file: what for, which rows, and the checksum by which it is known again. */
export function ExportDialog({ datasetId, version, onClose }: ExportDialogProps) {
  const [form, setForm] = useState<ExportForm>({ format: 'jsonl', split: 'all', gzip: false, bom: false });
  const set = (next: Partial<ExportForm>) => setForm((now) => ({ ...now, ...next }));
  const isEmpty = rowsIn(version, form.split) === 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Export v${version.number}`}
      description="The same version gives the same bytes every time."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {isEmpty ? (
            <Button variant="primary" disabled title="There are no rows on this side">
              <Download aria-hidden />
              Download
            </Button>
          ) : (
            <Button variant="primary" asChild>
              <a href={exportHref(datasetId, version, form)} download>
                <Download aria-hidden />
                Download
              </a>
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Format">
            {(control) => (
              <Select
                {...control}
                options={exportFormatOptions}
                value={form.format}
                onValueChange={(format) => setForm(withFormat(form, format))}
              />
            )}
          </Field>
          <Field label="Rows">
            {(control) => (
              <Select
                {...control}
                options={splitOptions(version, form.format)}
                value={form.split}
                onValueChange={(split) => set({ split })}
              />
            )}
          </Field>
        </div>
        <Notes format={form.format} />
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Checkbox checked={form.gzip} onCheckedChange={(gzip) => set({ gzip })} label="Pack with gzip" />
          {form.format === 'csv' && (
            <Checkbox checked={form.bom} onCheckedChange={(bom) => set({ bom })} label="Mark as UTF-8 for Excel" />
          )}
        </div>
        <ExportChecksum datasetId={datasetId} version={version} form={form} />
      </div>
    </Dialog>
  );
}

const NOTES: Record<ExportForm['format'], string> = {
  jsonl: 'Each line is what was uploaded or edited, in the order of the file.',
  training: 'Held-out rows are never sent to a provider, so they are in no training file.',
  csv: 'Text that a spreadsheet would run as a formula (it begins with =, +, - or @) gets an apostrophe in front. The columns from “messages” on are exact: imported again, they make the same examples.',
  parquet:
    'Columns as in the CSV, compressed. “messages” holds the exact conversation as JSON, “other_fields” all that a row has beside it.',
};

const Notes = ({ format }: Pick<ExportForm, 'format'>) => <p className="text-muted text-sm">{NOTES[format]}</p>;
