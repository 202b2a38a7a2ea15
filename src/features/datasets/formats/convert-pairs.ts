import { type Converted, type Fields, isEmpty, isFields, nameOf, RowBuilder, textOf } from './conversion';
import type { FieldMapping } from './format.schema';
import { addMessages, keepTools } from './message-list';

/** {"prompt": …, "completion": …}: texts, or lists of messages as some trainers write them. */
export function fromPromptCompletion(row: Fields): Converted {
  const builder = new RowBuilder();
  if (!isEmpty(row.system)) builder.addText('system', row.system, 'system');
  addEither(builder, 'user', row.prompt, 'prompt');
  addEither(builder, 'assistant', row.completion, 'completion');
  keepTools(builder, row);
  return builder.done();
}

/**
 * {"instruction": …, "input": …, "output": …}, also with "system" and "history".
 * Source: github.com/tatsu-lab/stanford_alpaca (instruction, input, output); LLaMA-Factory's data/README (system, history).
 */
export function fromAlpaca(row: Fields): Converted {
  const builder = new RowBuilder();
  if (!isEmpty(row.system)) builder.addText('system', row.system, 'system');
  addHistory(builder, row.history);
  const instruction = textOf(row.instruction) ?? '';
  const input = isEmpty(row.input) ? '' : (textOf(row.input) ?? '');
  const asked = [instruction, input].filter((text) => text.trim() !== '').join('\n\n');
  builder.addText('user', asked, 'instruction');
  builder.addText('assistant', row.output, 'output');
  return builder.done();
}

function addHistory(builder: RowBuilder, history: unknown): void {
  if (isEmpty(history)) return;
  if (!Array.isArray(history)) {
    builder.problem('field_invalid', 'history', `"history" is ${nameOf(history)}, not a list of pairs.`, history);
    return;
  }
  history.forEach((pair, i) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      builder.problem('field_invalid', `history[${i}]`, 'This is not a pair of a question and its answer.', pair);
      return;
    }
    builder.addText('user', pair[0], `history[${i}][0]`);
    builder.addText('assistant', pair[1], `history[${i}][1]`);
  });
}

/** Fields that somebody chose. */
export function fromFields(row: Fields, mapping: FieldMapping): Converted {
  const builder = new RowBuilder();
  if (mapping.system !== null) {
    const system = valueAt(row, mapping.system);
    if (!isEmpty(system)) builder.addText('system', system, mapping.system);
  }
  builder.addText('user', valueAt(row, mapping.prompt), mapping.prompt);
  builder.addText('assistant', valueAt(row, mapping.answer), mapping.answer);
  return builder.done();
}

/** A field by its exact name, else by a path of names with dots between them. */
export function valueAt(row: Fields, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  let value: unknown = row;
  for (const name of path.split('.')) {
    if (!isFields(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function addEither(builder: RowBuilder, role: string, value: unknown, path: string): void {
  if (Array.isArray(value)) addMessages(builder, value, path, role);
  else builder.addText(role, value, path);
}
