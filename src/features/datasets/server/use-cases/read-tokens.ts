import type { Actor } from '@/lib/actor';
import { CUT_CHARACTERS } from '../../example-tokens.rules';
import type { ExampleRef, ExampleTokens } from '../../example-tokens.schema';
import type { DatasetDeps } from '../dataset.service';
import { withRowThread } from '../import/row-thread';
import { getExample } from './read-examples';

/** After this long a person looks elsewhere. */
const PATIENCE_MS = 10_000;

/**
 * The tokens of one example as the importer counts them, and where they end. Done by a worker thread: the tables of the
 * tokeniser would hold up every other request while they are built.
 *
 * @throws not_found `datasets.not_found`, `datasets.example_not_found`
 */
export const readTokens =
  (deps: Pick<DatasetDeps, 'repo' | 'examples'>) =>
  async (actor: Actor, ref: ExampleRef): Promise<ExampleTokens> => {
    const { messages } = await getExample(deps)(actor, ref);
    const total = messages.reduce((sum, { text }) => sum + text.length, 0);
    const texts = messages.map(({ text }) => text);
    const calls = messages.map(({ toolCalls }) => toolCalls.flatMap((call) => [call.name, call.arguments]));
    const answers = await withRowThread(AbortSignal.timeout(PATIENCE_MS), (thread) =>
      thread.cut([...texts, ...calls.flat()]),
    );
    let next = texts.length;
    return {
      messages: calls.map((parts, index) => {
        const text = answers[index];
        const called = answers.slice(next, next + parts.length);
        next += parts.length;
        return {
          tokens: (text?.tokens ?? 0) + called.reduce((sum, { tokens }) => sum + tokens, 0),
          ends: total <= CUT_CHARACTERS ? (text?.ends ?? []) : [],
        };
      }),
    };
  };
