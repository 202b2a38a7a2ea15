/** How bad a problem is: an error keeps its row out of the version, a warning keeps it in, info is only told. */
export type Severity = 'error' | 'warning' | 'info';

interface ProblemKind {
  severity: Severity;
  /** Heading of the group, as a sentence part with the row as subject. */
  title: string;
  fix: string;
}

/** Every problem an import can find. The screen, the API and the importer read this one table. */
export const problemKinds = {
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
  other_answer_left_out: {
    severity: 'info',
    title: 'Of preference pairs only the preferred answer is kept',
    fix: 'Nothing to do: the other answer is of use once training on preferences exists. The stored file still has it.',
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
  not_json: {
    severity: 'error',
    title: 'Lines are not valid JSON',
    fix: 'Check quotes, commas and brackets at the position named; each line must be one complete JSON object.',
  },
  too_deep: {
    severity: 'error',
    title: 'Rows are nested too deeply',
    fix: 'Flatten the value: an example needs far fewer than 64 levels.',
  },
  duplicate_key: {
    severity: 'error',
    title: 'Keys appear twice in one object',
    fix: 'Keep one of the two: readers disagree about which one counts.',
  },
  not_object: { severity: 'error', title: 'Lines are not JSON objects', fix: 'Wrap the row: {"messages": [ … ]}.' },
  messages_missing: {
    severity: 'error',
    title: 'Rows have no messages',
    fix: 'Put the conversation into a list called "messages", with a role and content for each message.',
  },
  message_invalid: {
    severity: 'error',
    title: 'Messages are not objects',
    fix: 'Write each message as {"role": …, "content": …}.',
  },
  role_unknown: {
    severity: 'error',
    title: 'Messages have an unknown role',
    fix: 'Use system, developer, user, assistant or tool.',
  },
  content_missing: {
    severity: 'error',
    title: 'Messages have no content',
    fix: 'Give the message text in "content" (an assistant message with tool calls may go without).',
  },
  content_invalid: {
    severity: 'error',
    title: 'Content has the wrong type',
    fix: 'Use a text, or a list of parts such as {"type":"text","text":"…"}.',
  },
  content_blank: { severity: 'warning', title: 'Messages are blank', fix: 'Write the text, or remove the message.' },
  weight_invalid: {
    severity: 'error',
    title: 'Weights are not 0 or 1',
    fix: 'Use 1 to train on the answer, 0 to only show it.',
  },
  weight_misplaced: {
    severity: 'error',
    title: 'Weights on messages that are never trained on',
    fix: 'Remove "weight": only assistant messages can have one.',
  },
  name_invalid: { severity: 'error', title: 'Names are not short texts', fix: 'Use up to 64 letters, digits, _ or -.' },
  tool_call_invalid: {
    severity: 'error',
    title: 'Tool calls are incomplete',
    fix: 'Each call needs an id, type "function", and a function with name and arguments (JSON as text).',
  },
  tool_call_unanswered: {
    severity: 'error',
    title: 'Tool calls are not answered',
    fix: 'Follow the call with a tool message that has the same tool_call_id, before the next other message.',
  },
  tool_answer_unknown: {
    severity: 'error',
    title: 'Tool messages answer no call',
    fix: 'Give the message the tool_call_id of a call in the assistant message before it.',
  },
  tools_invalid: {
    severity: 'error',
    title: 'Tool definitions are incomplete',
    fix: 'Write "tools" as a list of {"type":"function","function":{"name":…,"parameters":{…}}}.',
  },
  parallel_tool_calls_invalid: {
    severity: 'error',
    title: 'parallel_tool_calls is not true or false',
    fix: 'Use true or false.',
  },
  legacy_function_call: {
    severity: 'warning',
    title: 'Rows use the old function_call form',
    fix: 'Prefer "tools" and "tool_calls": newer models no longer take functions.',
  },
  last_not_assistant: {
    severity: 'error',
    title: 'Conversations do not end with an answer',
    fix: 'End the row with the assistant message that the model should learn to give.',
  },
  nothing_to_train: {
    severity: 'error',
    title: 'Rows have no answer to learn from',
    fix: 'Add an assistant message, or set the weight of one to 1.',
  },
  unknown_key: {
    severity: 'warning',
    title: 'Rows have keys that no provider reads',
    fix: 'Remove them, or move their content into messages.',
  },
  nul_character: {
    severity: 'warning',
    title: 'Texts contain NUL characters',
    fix: 'Remove \\u0000: some providers refuse it.',
  },
  broken_character: {
    severity: 'warning',
    title: 'Texts contain broken characters',
    fix: 'Half of a surrogate pair or U+FFFD usually means a damaged export. Export again as UTF-8.',
  },
  duplicate_example: {
    severity: 'warning',
    title: 'Examples appear more than once',
    fix: 'Keep one of each, unless the repetition is meant to weigh more.',
  },
  near_duplicate: {
    severity: 'warning',
    title: 'Examples are nearly the same (80 % of their word runs or more)',
    fix: 'Keep the better one. Until then all of them are on one side of the split.',
  },
  contradictory_answer: {
    severity: 'warning',
    title: 'The same question has different answers',
    fix: 'Decide which answer is right and remove the others, unless variety is what the model should learn.',
  },
  split_leak: {
    severity: 'warning',
    title: 'Rows are nearly the same as rows on another side of the split',
    fix: 'Move them to one side, or remove one: the model would be tested on what it was trained on.',
  },
  secret_found: {
    severity: 'warning',
    title: 'Texts hold keys, tokens or passwords',
    fix: 'Redact them, and make the key invalid where it came from: a model repeats what it was trained on.',
  },
  personal_data: {
    severity: 'warning',
    title: 'Texts hold mail addresses, phone, card or account numbers',
    fix: 'Redact them, unless they are invented or meant to be public.',
  },
  mojibake: {
    severity: 'warning',
    title: 'Texts were read in the wrong encoding',
    fix: 'Export them again as UTF-8: Ã© and â€™ should be é and ’.',
  },
  markup_residue: {
    severity: 'warning',
    title: 'HTML was left in the text',
    fix: 'Remove tags and entities, unless the model should write HTML.',
  },
  answer_refuses: {
    severity: 'warning',
    title: 'Answers refuse to answer',
    fix: 'Remove them, unless the model should refuse exactly here.',
  },
  answer_boilerplate: {
    severity: 'warning',
    title: 'Answers speak of being a language model',
    fix: 'Rewrite them in the voice that the model should have.',
  },
  answer_repeats_question: {
    severity: 'warning',
    title: 'Answers repeat the question',
    fix: 'Let the answer begin with what is new.',
  },
  answer_cut_off: {
    severity: 'warning',
    title: 'Answers are cut off',
    fix: 'Complete them or remove the row: the model would learn to stop there too.',
  },
  answer_end_unusual: {
    severity: 'warning',
    title: 'Answers end unlike nearly all others',
    fix: 'Look whether they were cut off.',
  },
  answer_end_uncommon: {
    severity: 'info',
    title: 'Answers end in another way than most',
    fix: 'Look whether they were cut off.',
  },
  answer_form_unusual: {
    severity: 'info',
    title: 'Answers are built unlike nearly all others',
    fix: 'Look whether the form is meant to differ; a model learns one form best.',
  },
  answer_nearly_empty: {
    severity: 'info',
    title: 'Answers say next to nothing',
    fix: 'Complete them, or remove the row.',
  },
  answer_length_unusual: {
    severity: 'info',
    title: 'Answers are far longer or shorter than the others',
    fix: 'Look whether they are what the model should write.',
  },
  answer_other_language: {
    severity: 'info',
    title: 'Answers are in another language than their question',
    fix: 'Translate them, unless that is the task.',
  },
  answer_rare_language: {
    severity: 'info',
    title: 'Answers are in a language that hardly any other row has',
    fix: 'Add more rows in it, or leave it out: a handful teaches little.',
  },
  answer_fits_loosely: {
    severity: 'info',
    title: 'Answers have few words that go with their question',
    fix: 'Look whether the answer belongs to the question.',
  },
  answer_does_not_fit: {
    severity: 'info',
    title: 'Answers have hardly a word that goes with their question',
    fix: 'Look whether questions and answers were mixed up.',
  },
  label_unlikely: {
    severity: 'info',
    title: 'Labels are unlike those of similar rows',
    fix: 'Look whether the label is right.',
  },
  words_rare: {
    severity: 'info',
    title: 'Rows have many words that stand nowhere else',
    fix: 'Look whether they are damaged or about something else.',
  },
  words_are_noise: {
    severity: 'info',
    title: 'Rows are made of words that stand nowhere else',
    fix: 'Look whether the text is damaged.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

/** What the table says about a stored code; codes of older versions stay readable. */
export function describeProblem(code: string): ProblemKind {
  const table: Record<string, ProblemKind> = problemKinds;
  return table[code] ?? { severity: 'warning', title: code.replaceAll('_', ' '), fix: '' };
}
