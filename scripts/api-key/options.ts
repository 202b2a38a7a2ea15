import { parseArgs } from 'node:util';
import { apiKeyCreateInput } from '../../src/features/workspaces/workspace.schema';
import { roles } from '../../src/lib/permissions';
import { ExpectedError } from '../start/say';
import type { KeyRequest } from './api-key';

export const USAGE = `npm run api-key -- --name NAME [--role ${roles.join('|')}] [--workspace SLUG]`;

/** Reads the command line. @throws ExpectedError that says what is wrong and how to call it */
export function readKeyOptions(args: readonly string[]): KeyRequest {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, role: { type: 'string' }, workspace: { type: 'string' } },
    });
    const checked = apiKeyCreateInput.safeParse({ name: values.name ?? '', role: values.role ?? 'member' });
    if (!checked.success) {
      const [issue] = checked.error.issues;
      throw new Error(issue?.path[0] === 'role' ? `There is no role "${values.role}".` : `--name: ${issue?.message}`);
    }
    return { ...checked.data, ...(values.workspace ? { workspace: values.workspace } : {}) };
  } catch (error) {
    throw new ExpectedError(`${(error as Error).message}\nUse: ${USAGE}`);
  }
}
