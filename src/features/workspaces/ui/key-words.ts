import { formatCount } from '@/lib/format';
import type { ApiKeySummary, MemberKeys } from '../workspace.schema';

/** What a removal does to the keys of the person, told before it is confirmed. */
export function removalWords({ count, names }: MemberKeys): string {
  if (count === 0) return 'No API key of theirs is in use, so no program stops.';
  const more = count > names.length ? ` and ${formatCount(count - names.length)} more` : '';
  const listed = `${names.join(', ')}${more}`;
  return count === 1
    ? `1 API key acts for them and stops working at once, for good: ${listed}. Programs that use it get status 401.`
    : `${formatCount(count)} API keys act for them and stop working at once, for good: ${listed}. Programs that use them get status 401.`;
}

/** Why a key does not work any more, or may less than it was made for; null when there is nothing to explain. */
export function keyNote({ status, maker, makerRole, role, mayAs }: ApiKeySummary): string | null {
  if (status === 'stopped') {
    return makerRole === null ? `${maker} is no longer a member` : `${maker} was removed once; make a new key`;
  }
  return status === 'active' && mayAs !== role ? `made as ${role}; the role of ${maker} is ${mayAs} now` : null;
}
