/** How bad a problem is: an error keeps its row out of the version, a warning keeps it in, info is only told. */
export type Severity = 'error' | 'warning' | 'info';

export interface ProblemKind {
  severity: Severity;
  /** Heading of the group, as a sentence part with the row as subject. */
  title: string;
  fix: string;
}

/** What can be wrong with a file as a whole, with its packing, or with how its rows are laid out: before any is a conversation. */
export const fileProblemKinds = {
  empty_file: { severity: 'error', title: 'The file is empty', fix: 'Choose a file with examples in it.' },
  utf16_file: {
    severity: 'error',
    title: 'The file is UTF-16, not UTF-8',
    fix: 'Save it again as UTF-8 (in most editors: Save as → Encoding → UTF-8).',
  },
  binary_file: {
    severity: 'error',
    title: 'The file is not text',
    fix: 'Export the data as JSONL, JSON or CSV in UTF-8. Spreadsheets and archives have to be exported or unpacked first.',
  },
  broken_archive: {
    severity: 'error',
    title: 'The packed file is damaged',
    fix: 'Compress it again, or upload it without compression.',
  },
  unpacked_too_large: {
    severity: 'error',
    title: 'The unpacked file is too large',
    fix: 'Split the data over several files.',
  },
  not_jsonl: {
    severity: 'error',
    title: 'The file is not JSONL',
    fix: 'Upload JSONL with one object per line, each like {"messages":[{"role":"user","content":"…"},{"role":"assistant","content":"…"}]}, or a JSON list, or a table (CSV, TSV) with a header line.',
  },
  mapping_unknown: {
    severity: 'error',
    title: 'It is not clear which fields are prompt and answer',
    fix: 'Upload the file on the page and choose them there, or name them in the request: ?format=fields&prompt=…&answer=….',
  },
  list_broken: {
    severity: 'error',
    title: 'The JSON list is broken',
    fix: 'Close every bracket and quote, and keep the whole list in one pair of brackets. Then upload the file again.',
  },
  table_quotes: {
    severity: 'error',
    title: 'Quotes of the table do not match',
    fix: 'Put fields with commas, quotes or line ends into quotes, and write a quote within them twice ("").',
  },
  table_width: {
    severity: 'error',
    title: 'Rows have more fields than the header',
    fix: 'Put fields that contain the separating sign into quotes.',
  },
  field_missing: {
    severity: 'error',
    title: 'Fields that an example needs are missing or empty',
    fix: 'Fill them in, or import the file again and choose other fields.',
  },
  field_invalid: {
    severity: 'error',
    title: 'Fields are not what their format says',
    fix: 'Correct the value at the place named, or import the file again as another format.',
  },
  item_archived: {
    severity: 'error',
    title: 'Archived items stay out',
    fix: 'Nothing to do: Langfuse does not use archived items either. To have one here, make it active there and export again.',
  },
  cell_cut: {
    severity: 'error',
    title: 'Cells were cut off before the file was made',
    fix: 'Download the dataset itself, as Parquet turned into JSONL or CSV, in place of a page of its viewer: the model would learn to stop in the middle of an answer.',
  },
  rows_elsewhere: {
    severity: 'warning',
    title: 'The file is only a part of its dataset',
    fix: 'Nothing to do if a sample was meant. Else download the dataset itself in place of a page of its viewer.',
  },
  other_answer_left_out: {
    severity: 'info',
    title: 'Answers that were not preferred are left out',
    fix: 'Nothing to do: a job here learns from one answer to a question, so each pair is one example with its preferred answer. The uploaded file keeps the other ones: download it from the list of versions.',
  },
  fields_left_out: {
    severity: 'info',
    title: 'Columns were left out',
    fix: 'Nothing to do, unless one of them belongs into the examples: then import the file again and choose it.',
  },
  too_few_examples: {
    severity: 'warning',
    title: 'Fewer than 10 examples',
    fix: 'Add examples: most providers refuse fewer than 10, and 50 to 100 good ones are a sensible start.',
  },
  byte_order_mark: {
    severity: 'info',
    title: 'The file starts with a byte order mark',
    fix: 'Nothing to do: it was skipped.',
  },
  blank_line: { severity: 'info', title: 'Blank lines were skipped', fix: 'Nothing to do.' },
  line_too_long: {
    severity: 'error',
    title: 'Lines are too long',
    fix: 'Split the example, or check that the file really has one JSON object per line.',
  },
  not_utf8: { severity: 'error', title: 'Lines are not valid UTF-8', fix: 'Export the file again as UTF-8.' },
} as const satisfies Record<string, ProblemKind>;
