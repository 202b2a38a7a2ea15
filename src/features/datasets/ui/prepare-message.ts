import type { ExampleDetail, ExampleSummary } from '../dataset.schema';
import { exampleFlags } from '../flag.rules';

type Flag = ExampleSummary['flags'][number];

export const flagName = (flag: Flag): string => exampleFlags[flag].title;

/** JSON set out over lines where a text is JSON (answers and tool arguments often are); any other text as it is. */
export function readable(text: string): { text: string; json: boolean } {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return { text, json: false };
  try {
    return { text: JSON.stringify(JSON.parse(trimmed), null, 2), json: true };
  } catch {
    return { text, json: false };
  }
}

type Message = ExampleDetail['messages'][number];

const ROLES: Record<string, string> = {
  system: 'System',
  developer: 'Developer',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
  function: 'Function',
};

export const roleName = ({ role, name }: Pick<Message, 'role' | 'name'>): string =>
  `${ROLES[role] ?? role}${name === null ? '' : ` · ${name}`}`;
