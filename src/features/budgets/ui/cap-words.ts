import type { Budget } from '../budget.schema';

export const breachWords: Record<Budget['onBreach'], { label: string; hint: string }> = {
  block: { label: 'Block', hint: 'No new job or call starts that would go over it' },
  cancel: { label: 'Block and cancel', hint: 'Running jobs are cancelled too when it is reached' },
  warn: { label: 'Warn only', hint: 'Nothing is stopped' },
};

export const periodWords: Record<Budget['period'], string> = { month: 'each month', total: 'in all' };

export const scopeWords: Record<Budget['scope'], string> = {
  workspace: 'the whole workspace',
  connection: 'one provider',
  agent: 'one agent',
};
