import type { AuditSummary } from '../workspace.schema';

/** "created budget Monthly cap", from `budget.created` and what the entry knows by name. */
export function auditWords({ action, details }: Pick<AuditSummary, 'action' | 'details'>): string {
  const [noun = action, verb = ''] = action.split('.');
  const name = ['name', 'label', 'slug', 'email', 'model']
    .map((key) => details[key])
    .find((one) => typeof one === 'string');
  return [spoken(verb), spoken(noun).replace('api key', 'API key'), name].filter(Boolean).join(' ');
}

const VERBS: Record<string, string> = {
  role_changed: 'changed role of',
  cap_changed: 'changed cap of',
  launched_again: 'launched again',
  given_up: 'gave up',
};

const spoken = (word: string): string => VERBS[word] ?? word.replaceAll('_', ' ');
