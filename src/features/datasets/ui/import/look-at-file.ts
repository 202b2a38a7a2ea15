import { uploadFileProblem } from '@/lib/upload-file';
import { isFields } from '../../formats/conversion';
import { type Detection, detectFormat } from '../../formats/detect-format';
import { detectEncoding, utf8Bytes } from '../../formats/encoding';
import { HEAD_BYTES } from '../../formats/head-text';
import { readHead } from '../../formats/read-head';
import { type FileHead, readFileHead } from './read-file-head';

/** A file of which somebody has to say, or to confirm, what it is. */
export interface FileQuestion extends FileHead {
  fileName: string;
  detection: Detection;
  /**
   * `windows-1252` = the bytes here are UTF-8 that was made of it, and so has to be what is uploaded; `unreadable` = rows with
   * other bytes than UTF-8 stay out.
   */
  encoding: 'utf-8' | 'windows-1252' | 'unreadable';
}

/** As many as the sample shows. */
const LOOK_AT = 200;

/**
 * Looks at the beginning of a file before it is uploaded.
 * @returns null when there is nothing to ask: it is chat JSONL throughout, or no data at all, which its check will say with all reasons
 */
export async function lookAtFile(file: File): Promise<FileQuestion | null> {
  if (uploadFileProblem(file) !== null) return null;
  const head = await readFileHead(file);
  return head && questionAbout(file.name, head);
}

/** The same for a text that is at hand. */
export function questionAboutText(label: string, text: string): FileQuestion | null {
  const bytes = new TextEncoder().encode(text.slice(0, HEAD_BYTES));
  return questionAbout(label, { bytes, whole: text.length <= HEAD_BYTES, packed: false });
}

function questionAbout(fileName: string, head: FileHead): FileQuestion | null {
  const { whole } = head;
  // NUL bytes are in no text of UTF-8, but in every spreadsheet and in UTF-16.
  if (head.bytes.length === 0 || head.bytes.includes(0)) return null;
  const encoding = encodingOf(head);
  const bytes = encoding === 'windows-1252' ? utf8Bytes(head.bytes) : head.bytes;
  const detection = detectFormat(bytes, whole);
  const { kind, container } = detection.format;
  if (container.type === 'lines') {
    const { rows } = readHead(bytes, container, { whole, limit: LOOK_AT });
    const values = rows.map(({ value }) => value?.json).filter((json) => typeof json === 'object' && json !== null);
    if (values.length === 0) return null;
    const isChat = kind === 'chat' && detection.confidence !== 'unknown';
    if (encoding === 'utf-8' && isChat && values.every((row) => isFields(row) && 'messages' in row)) return null;
  }
  return { fileName, detection, encoding, ...head, bytes };
}

function encodingOf({ bytes, packed }: FileHead): FileQuestion['encoding'] {
  const found = detectEncoding(bytes);
  if (found === 'utf-8') return found;
  // What is packed is uploaded as it is.
  return found === 'windows-1252' && !packed ? found : 'unreadable';
}
