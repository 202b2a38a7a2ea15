import { formatCount } from '@/lib/format';
import type { ValidationReport } from '../../dataset.schema';
import { countRows } from '../change/prepare-change';

type Report = Pick<ValidationReport, 'rows' | 'rejectedRows' | 'status'> & {
  groups: readonly Pick<ValidationReport['groups'][number], 'code' | 'total'>[];
};

/**
 * What became of a file, above its problems.
 * @param opened  what can be opened, set right and added; null: nothing
 */
export function prepareSummary({ rows, rejectedRows, status, groups }: Report, opened: 'line' | 'row' | null): string {
  if (status !== 'ready') return 'No version was made of this file. Set right what is named here and upload it again.';
  const kept = `${countRows(rows)} ${rows === 1 ? 'is' : 'are'} in this version`;
  const pairs = groups.find(({ code }) => code === 'other_answer_left_out')?.total ?? 0;
  const answers = `Of ${formatCount(pairs)} preference ${pairs === 1 ? 'pair' : 'pairs'} only the preferred answer is kept.`;
  const sentences = [
    rejectedRows === 0
      ? `${kept}, and none was left out.`
      : `${kept}, ${formatCount(rejectedRows)} with ${rejectedRows === 1 ? 'an error was' : 'errors were'} left out.`,
    pairs > 0 && answers,
    rejectedRows === 0
      ? 'What follows is worth a look.'
      : opened
        ? `Open a ${opened} to set it right and add it, or set the file right and upload it as the next version.`
        : 'Set them right and upload the file as the next version.',
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}
