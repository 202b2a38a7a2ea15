import { expect, it } from 'vitest';
import { prepareSummary } from './prepare-summary';

const report = { rows: 30, rejectedRows: 0, status: 'ready' as const, groups: [] };

it('says how much of a file was taken, and what to do about the rest', () => {
  expect(prepareSummary(report, 'line')).toBe(
    '30 rows are in this version, and none was left out. What follows is worth a look.',
  );
  expect(prepareSummary({ ...report, rejectedRows: 5 }, 'row')).toMatch(
    /^30 rows are in this version, 5 with errors were left out\. Open a row to set it right/,
  );
  expect(prepareSummary({ ...report, rows: 1, rejectedRows: 1 }, null)).toBe(
    '1 row is in this version, 1 with an error was left out. Set them right and upload the file as the next version.',
  );
  expect(prepareSummary({ ...report, status: 'failed' }, 'line')).toContain('No version was made');
});

it('counts the answers of preference pairs that were left out', () => {
  const groups = [{ code: 'other_answer_left_out', total: 1200 }];
  expect(prepareSummary({ ...report, groups }, null)).toContain(
    'Of 1\u2009200 preference pairs only the preferred answer is kept.',
  );
});
