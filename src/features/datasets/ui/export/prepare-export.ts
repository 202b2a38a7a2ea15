import { formatCount } from '@/lib/format';
import type { VersionSummary } from '../../dataset.schema';
import type { ExportFormat, ExportSplit } from '../../export.schema';
import { splitNames } from '../../split.rules';

export interface ExportForm {
  format: ExportFormat;
  split: ExportSplit;
  gzip: boolean;
  bom: boolean;
}

/** Rows up to which the checksum is worked out without being asked for: well below a second. */
export const SMALL_ROWS = 20_000;

export const exportFormatOptions = [
  { value: 'jsonl', label: 'JSONL', hint: 'One example a line, as it is stored' },
  { value: 'training', label: 'Training file', hint: 'Exactly the file that a provider gets' },
  { value: 'csv', label: 'CSV', hint: 'For spreadsheets, with the conversation as JSON' },
  { value: 'parquet', label: 'Parquet', hint: 'For notebooks and data tools' },
] as const satisfies readonly { value: ExportFormat; label: string; hint: string }[];

type Counts = Pick<VersionSummary, 'rows' | 'trainRows' | 'validationRows' | 'holdoutRows'>;

export const rowsIn = (version: Counts, split: ExportSplit): number =>
  ({ all: version.rows, train: version.trainRows, validation: version.validationRows, holdout: version.holdoutRows })[
    split
  ];

/** Sides that can be had in a format: held-out rows are in no training file. */
export function splitOptions(
  version: Counts,
  format: ExportFormat,
): { value: ExportSplit; label: string; hint: string }[] {
  const of = (value: ExportSplit, label: string) => {
    const count = rowsIn(version, value);
    return { value, label, hint: `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}` };
  };
  const sides = [of('train', splitNames.train), of('validation', splitNames.validation)];
  if (format === 'training') return sides;
  return [of('all', 'All rows'), ...sides, of('holdout', splitNames.holdout)];
}

/** The choice after another format was chosen: what it cannot have is put right. */
export function withFormat(form: ExportForm, format: ExportFormat): ExportForm {
  const mustBeSide = format === 'training' && (form.split === 'all' || form.split === 'holdout');
  const wasDefault = form.format === 'training' && format !== 'training' && form.split === 'train';
  return { ...form, format, split: mustBeSide ? 'train' : wasDefault ? 'all' : form.split };
}

/** What is asked of the server; the same for the checksum and for the file. */
export const exportChoiceOf = (version: Pick<VersionSummary, 'number'>, { format, split, gzip, bom }: ExportForm) => ({
  ...{ version: version.number, format, split, gzip },
  bom: bom && format === 'csv',
});

export function exportHref(datasetId: string, version: Pick<VersionSummary, 'number'>, form: ExportForm): string {
  const { gzip, bom, ...choice } = exportChoiceOf(version, form);
  const query = new URLSearchParams({
    ...Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, String(value)])),
    ...(gzip && { gzip: '1' }),
    ...(bom && { bom: '1' }),
  });
  return `/api/fine-tuning/datasets/${datasetId}/export?${query}`;
}
