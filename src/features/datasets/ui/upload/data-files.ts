import { uploadNameProblem } from '@/lib/upload-file';

/** A folder may hold a whole project; nobody means to upload that. */
export const MOST_FILES = 200;

interface Chosen {
  files: File[];
  /** What is to be told about those that stay out; null when all are taken. */
  note: string | null;
}

/**
 * Of several files or a folder those that can be data. A single file is taken as it is: what is wrong with it is then said
 * beside its name. What is in a folder whose name starts with a dot is the system's, not the person's.
 */
export function dataFiles(all: readonly File[]): Chosen {
  const visible = all.filter(({ name, webkitRelativePath }) => !/(^|\/)\./.test(webkitRelativePath || name));
  if (all.length <= 1 && all.every(({ webkitRelativePath }) => !webkitRelativePath))
    return { files: [...all], note: null };
  const data = visible.filter(({ name }) => uploadNameProblem(name) === null);
  const files = data.slice(0, MOST_FILES);
  const other = visible.length - data.length;
  const notes = [
    files.length === 0 && 'No data was found there',
    other > 0 && files.length > 0 && `${other} ${other === 1 ? 'file is' : 'files are'} no data and stayed out`,
    data.length > MOST_FILES && `only the first ${MOST_FILES} of ${data.length} files were taken`,
  ].filter((note) => note !== false);
  return { files, note: notes.length > 0 ? notes.join('; ') : null };
}

/** One file makes one version: which of several is taken, and what is to be told about the others. */
export function oneFile(all: readonly File[]): Chosen {
  const { files, note } = dataFiles(all);
  const [first, ...others] = files;
  if (!first) return { files, note };
  if (others.length === 0) return { files: [first], note };
  return {
    files: [first],
    note: `One file makes one version: ${first.name} was taken, ${others.length} more stayed out`,
  };
}
