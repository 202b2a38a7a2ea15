import { uploadFileProblem } from '@/lib/upload-file';
import { type Detection, detectFormat } from '../../formats/detect-format';
import { HEAD_BYTES } from '../../formats/head-text';
import { readHead } from '../../formats/read-head';
import { type FileHead, readFileHead } from './read-file-head';

/** A file of which somebody has to say, or to confirm, what it is. */
export interface FileQuestion extends FileHead {
  fileName: string;
  detection: Detection;
}

/**
 * Looks at the beginning of a file before it is uploaded.
 * @returns null when there is nothing to ask: it is chat JSONL, or no data at all, which its check will say with all reasons
 */
export async function lookAtFile(file: File): Promise<FileQuestion | null> {
  if (uploadFileProblem(file) !== null) return null;
  const head = await readFileHead(file);
  return head && questionAbout(file.name, head);
}

/** The same for a text that is at hand. */
export function questionAboutText(label: string, text: string): FileQuestion | null {
  const bytes = new TextEncoder().encode(text.slice(0, HEAD_BYTES));
  return questionAbout(label, { bytes, whole: text.length <= HEAD_BYTES });
}

function questionAbout(fileName: string, head: FileHead): FileQuestion | null {
  const { bytes, whole } = head;
  // NUL bytes are in no text of UTF-8, but in every spreadsheet and in UTF-16.
  if (bytes.length === 0 || bytes.includes(0)) return null;
  const detection = detectFormat(bytes, whole);
  const { kind, container } = detection.format;
  if (container.type === 'lines') {
    if (kind === 'chat' && detection.confidence !== 'unknown') return null;
    const { rows } = readHead(bytes, container, { whole, limit: 50 });
    const isJson = rows.some(({ value }) => typeof value?.json === 'object' && value.json !== null);
    if (!isJson) return null;
  }
  return { fileName, detection, ...head };
}
