import type { DatasetFormat } from '../../formats/format.schema';
import { refuseByFirstLine } from './file-kind';
import { type Line, LineSplitter } from './line-splitter';
import { parseLine } from './parse-line';
import { MAX_LINE_BYTES, type ReaderParts, type RowReader, tooLong } from './row-reader';
import { takeRow } from './take-row';
import { isBlank } from './words';

/** JSONL: each line with text on it is a row. */
export function readLines(
  { findings, rows, refuse }: Omit<ReaderParts, 'container'>,
  format: DatasetFormat,
): RowReader {
  let sawText = false;
  let refused = false;
  const readLine = ({ bytes, number: line, length, offset }: Line): void => {
    if (refused) return;
    if (bytes === null) {
      sawText = true;
      findings.add('line_too_long', { line, message: tooLong('line', length) });
      findings.rejectRow();
      return;
    }
    if (rows.takePlain(line, offset, bytes)) {
      sawText = true;
      return;
    }
    if (isBlank(bytes)) {
      findings.add('blank_line', { line, message: 'This line is blank.' });
      return;
    }
    const parsed = parseLine(bytes);
    const refusal =
      !sawText && 'problem' in parsed && parsed.problem.code === 'not_json'
        ? refuseByFirstLine(parsed.text.slice(0, 10_000))
        : null;
    sawText = true;
    if (refusal) {
      refused = true;
      refuse(refusal);
    } else if ('problem' in parsed) {
      const { code, path, message } = parsed.problem;
      findings.add(code, { line, ...(path !== null && { path }), message, excerpt: parsed.text });
      findings.rejectRow();
    } else takeRow({ findings, rows }, format, parsed.row, { line, ordinal: offset, body: () => bytes });
  };
  const splitter = new LineSplitter(MAX_LINE_BYTES, readLine, {
    take: (piece, from, number, offset) => {
      const taken = rows.takeLines(piece, from, number, offset);
      if (taken.lines > 0) sawText = true;
      return taken;
    },
  });
  return {
    push: (chunk) => splitter.push(chunk),
    end: () => {
      splitter.end();
      if (!sawText) refuse({ code: 'empty_file', message: 'This file has nothing but blank lines.' });
    },
  };
}
