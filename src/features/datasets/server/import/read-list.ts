import { partOfDataset } from '../../formats/dataset-viewer';
import type { Container, DatasetFormat } from '../../formats/format.schema';
import { type ListElement, ListReader } from '../../formats/list-reader';
import { compactJson } from './compact-json';
import { parseLine } from './parse-line';
import { MAX_LINE_BYTES, type ReaderParts, type RowReader, tooLong } from './row-reader';
import { takeRow } from './take-row';

/** JSON lists, alone or within an object, and JSON values one after the other: element by element, never as a whole. */
export function readList(
  { container, findings, rows, refuse }: ReaderParts<Container & { type: 'list' | 'values' }>,
  format: DatasetFormat,
): RowReader {
  const inside =
    container.type === 'values' ? 'values' : container.member === null ? 'list' : { member: container.member };
  let elements = 0;
  findings.numbered = true;
  const readElement = ({ bytes, offset, length, closed }: ListElement): void => {
    const line = ++elements;
    findings.element = line;
    if (bytes === null) {
      findings.add('line_too_long', { line, message: tooLong('row', length) });
      findings.rejectRow();
      return;
    }
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!closed) {
      const message = 'This row is never closed, so nothing from here on could be read.';
      findings.add('list_broken', { line, message, excerpt: body.toString('utf8', 0, 200) });
      findings.rejectRow();
      return;
    }
    const parsed = parseLine(body);
    if ('problem' in parsed) {
      const { code, path, message } = parsed.problem;
      // The same words as for a line, except that a row may be several of them.
      const words = message.replace(/^This line/, 'This row').replace(/ at column (\d+)/, ' at its character $1');
      findings.add(code, { line, ...(path !== null && { path }), message: words, excerpt: parsed.text });
      findings.rejectRow();
      return;
    }
    takeRow({ findings, rows }, format, parsed.row, { line, ordinal: offset, body: () => compactJson(body) });
  };
  const reader = new ListReader({ inside, maxElement: MAX_LINE_BYTES, onElement: readElement });
  return {
    push: (chunk) => reader.push(chunk),
    end: () => {
      reader.end();
      findings.element = null;
      if (!reader.found) refuse({ code: 'not_jsonl', message: `The file has no ${listName(container)}.` });
      else if (elements === 0)
        refuse({ code: 'empty_file', message: `The ${listName(container)} of this file is empty.` });
      else if (container.type === 'list' && !reader.ended)
        findings.add('list_broken', { line: null, message: 'The list is not closed: the file seems to be cut off.' });
      else if (container.type === 'list' && container.member === null && reader.trailing)
        findings.add('list_broken', { line: null, message: 'Something follows the end of the list; it was not read.' });
      const part = partOfDataset(reader.after, elements);
      if (part !== null) findings.add('rows_elsewhere', { line: null, message: part });
    },
  };
}

const listName = (container: Container): string =>
  container.type === 'list' && container.member !== null ? `list "${container.member}"` : 'list';
