import { type Converted, type Fields, isFields, RowBuilder } from './conversion';
import { addMessages, keepTools } from './message-list';

/**
 * A prompt with a better and a worse answer: the better one becomes the example.
 * Source: platform.openai.com/docs/guides/direct-preference-optimization (input, preferred_output, non_preferred_output);
 * huggingface.co/docs/trl/dataset_formats (prompt, chosen, rejected; texts or messages).
 */
export function fromPreference(row: Fields): Converted {
  const builder = new RowBuilder();
  if (row.preferred_output !== undefined || row.input !== undefined) {
    const input = isFields(row.input) ? row.input : { messages: row.input };
    addMessages(builder, input.messages, 'input.messages');
    addMessages(builder, row.preferred_output, 'preferred_output', 'assistant');
    keepTools(builder, input);
  } else addChosen(builder, row);
  const made = builder.done();
  return 'problems' in made ? made : { ...made, otherAnswer: true };
}

function addChosen(builder: RowBuilder, row: Fields): void {
  const { prompt, chosen } = row;
  if (!isWhole(prompt, chosen)) addMessages(builder, prompt, 'prompt');
  addMessages(builder, chosen, 'chosen', 'assistant');
  keepTools(builder, row);
}

/** Some sets repeat the whole conversation in `chosen`. */
function isWhole(prompt: unknown, chosen: unknown): boolean {
  if (!Array.isArray(chosen)) return false;
  const starts = isFields(chosen[0]) && chosen[0].role !== 'assistant';
  return prompt === undefined || starts;
}

/** The keys by which a preference pair is known. */
export const isPreference = (row: Fields): boolean =>
  (row.preferred_output !== undefined && row.input !== undefined) ||
  (row.chosen !== undefined && row.rejected !== undefined);
