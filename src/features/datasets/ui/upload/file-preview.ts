import { detectFormat } from '../../formats/detect-format';
import type { DatasetFormat, FormatChoice } from '../../formats/format.schema';
import { type Sample, sampleOf } from '../../formats/sample';
import { readFileHead } from '../import/read-file-head';

/** The beginning of a chosen file, read and checked as the import will do it. */
export interface FilePreview {
  bytes: Uint8Array;
  whole: boolean;
  format: DatasetFormat;
  sample: Sample;
}

/**
 * Reads the first rows of a file out of the file itself, so they are there before anything has arrived.
 * @param choice  what somebody said the file is
 * @returns null when it shows no rows: it is damaged, no text, or has none, which its check says with all reasons
 */
export async function previewOf(file: Blob, choice: FormatChoice | undefined): Promise<FilePreview | null> {
  const head = await readFileHead(file);
  if (!head || head.bytes.includes(0)) return null;
  const { bytes, whole } = head;
  const { format } = detectFormat(bytes, whole, choice);
  const sample = sampleOf(bytes, whole, format);
  return sample.rows === 0 ? null : { bytes, whole, format, sample };
}

/** "The first 84 rows are fit to train on." / "2 of the first 84 rows would stay out." */
export function previewLine({ sample: { rows, leftOut }, whole }: FilePreview): string {
  if (rows === 1)
    return `The ${whole ? 'only' : 'first'} row ${leftOut === 0 ? 'is fit to train on' : 'would stay out'}.`;
  const which = `${whole ? '' : 'first '}${rows} rows`;
  if (leftOut === 0) return `${whole ? 'All' : 'The'} ${which} are fit to train on.`;
  return leftOut === rows ? `All of the ${which} would stay out.` : `${leftOut} of the ${which} would stay out.`;
}

/** What is asked first, and what is answered last, in one line each. */
export function glimpse({ messages }: Sample['examples'][number]): { question: string; answer: string } {
  const question = messages.find(({ role }) => role === 'user')?.text ?? '';
  return { question: oneLine(question), answer: oneLine(messages.at(-1)?.text ?? '') };
}

const LONGEST = 200;
const oneLine = (text: string): string => text.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
