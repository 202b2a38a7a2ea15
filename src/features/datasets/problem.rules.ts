import { fileProblemKinds, type ProblemKind } from './file-problem.rules';

export type { Severity } from './file-problem.rules';

/** Every problem an import can find. The screen, the API and the importer read this one table. */
export const problemKinds = {
  ...fileProblemKinds,
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
  role_order: {
    severity: 'warning',
    title: 'Messages come in an unusual order',
    fix: 'Put instructions first, then let questions and answers take turns: some providers refuse anything else.',
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
  prompt_blank: {
    severity: 'warning',
    title: 'System or developer messages are blank',
    fix: 'Remove them: they say nothing.',
  },
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
  example_far_longer: {
    severity: 'info',
    title: 'Examples are far longer than the others',
    fix: 'Look whether all of the text is needed: long examples cost the most, and may not fit a model.',
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
