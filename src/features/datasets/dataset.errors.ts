import { AppError, notFound } from '@/lib/app-error';

export const datasetNotFound = () => notFound('dataset', 'datasets.not_found');

export const versionNotFound = () => notFound('dataset version', 'datasets.version_not_found');

export const exampleNotFound = () => notFound('example', 'datasets.example_not_found');

export const fileRefused = (message: string) =>
  new AppError({
    kind: 'invalid_input',
    reason: 'datasets.file_refused',
    message,
    details: { fields: { fileName: message } },
  });

export const rowNeedsWholeList = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'datasets.row_needs_whole_list',
    message:
      'Rows can be reached by their number only in a list without filters. Clear the filters, or page on by the cursor.',
  });

export const mappingIncomplete = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'datasets.mapping_incomplete',
    message: 'Name both fields: ?prompt=… for what is asked and ?answer=… for what the model should say.',
  });

export const versionNotReady = (name: string, number: number, status: string) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'datasets.version_not_ready',
    message: `Version ${number} of "${name}" is ${status}, so nothing can be trained on it. Wait until its import has ended, or choose another version.`,
    details: { status },
  });

export const datasetInUse = (name: string, uses: readonly string[]) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.in_use',
    message: `"${name}" cannot be deleted: ${listed(uses)} ${uses.length === 1 ? 'comes' : 'come'} from it. Let jobs end and delete the models first.`,
    details: { uses: uses.slice(0, 50) },
  });

export const versionInUse = (number: number, uses: readonly string[]) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.version_in_use',
    message: `Version ${number} is not checked again, because ${listed(uses)} ${uses.length === 1 ? 'was' : 'were'} started from exactly what it is now. Upload the file as a next version instead.`,
    details: { uses: uses.slice(0, 50) },
  });

export const versionBuiltOn = (number: number, later: number) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.version_built_on',
    message: `Version ${number} is not checked again, because version ${later} was made by a change of rows that came before it. Upload the file as a next version instead.`,
    details: { later },
  });

export const fileGone = () =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'datasets.file_gone',
    message: 'The file of this version is no longer stored, so it cannot be read again. Upload it as a next version.',
  });

export const leftOutRowNotFound = (number: number, row: string) =>
  new AppError({
    kind: 'not_found',
    reason: 'datasets.left_out_row_not_found',
    message: `${row} of the file is no row that version ${number} left out: what stands there is an example, blank, or longer than is read. Download all rows that were left out, or look into the file.`,
  });

export const importOver = (status: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'datasets.import_over',
    message: `This import is already over (${status}), so there is nothing to cancel. Reload to see how it ended.`,
    details: { status },
  });

const SHOWN = 3;

function listed(uses: readonly string[]): string {
  const rest = uses.length - SHOWN;
  return `${uses.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

export const versionNotAnalysed = (number: number, status: string) =>
  new AppError({
    kind: 'precondition_failed',
    reason: 'datasets.version_not_analysed',
    message: `Version ${number} is ${status}, so its examples cannot be looked at. Wait until its import has ended, or open another version.`,
    details: { status },
  });
