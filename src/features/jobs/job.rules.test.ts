import { describe, expect, it } from 'vitest';
import { factOf, isEnded, jobFacts, launchMove, nextStatus } from './job.rules';
import { jobStatuses } from './job-words.rules';

/** Rows: where a job is. Columns in the order of `jobFacts`. "." = changes nothing. */
const expected = `
draft      queued . . . . . . . . . . . . . .
queued     . preparing . . . . failed . . . . . . . cancelled
preparing  . . launching . . . failed . . . . . . . cancelled
launching  . . . unknown . running failed . . . . . . cancelling cancelled
unknown    . . . . launching running failed . . . . . . cancelling .
running    . . . . . . . . paused cancelling succeeded failed cancelled cancelling .
paused     . . . . . . . running . cancelling succeeded failed cancelled cancelling .
cancelling . . . . . . cancelled . . . succeeded failed cancelled . cancelled
succeeded  . . . . . . . . . . . . . . .
failed     . . . . . . . . . . . . . . .
cancelled  . . . . . . . . . . . . . . .
`;

describe('nextStatus', () => {
  it('is this table, for every status and every fact', () => {
    const actual = jobStatuses.map((status) => [status, ...jobFacts.map((fact) => nextStatus(status, fact) ?? '.')]);
    const table = expected
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/));
    expect(actual).toEqual(table);
  });

  it('never leaves an end', () => {
    for (const status of jobStatuses.filter(isEnded))
      for (const fact of jobFacts) expect(nextStatus(status, fact)).toBeNull();
  });

  it('takes a word of the provider that we do not know for no end', () => {
    expect(factOf('unknown')).toBe('working');
    expect(factOf('expired')).toBe('failed');
    expect(factOf('cancelling')).toBe('stopping');
  });
});

describe('launchMove, when a look found nothing', () => {
  const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);
  const intended = { outcome: 'intended', intendedAt: at(0), settledAt: null };
  const lost = { outcome: 'unknown', intendedAt: at(0), settledAt: at(10) };
  const cases: [string, Parameters<typeof launchMove>[0], number, boolean, boolean, string][] = [
    ['another process may be in the call', intended, 60, true, true, 'look_again'],
    ['its writer must be dead by now, and sending again is free', intended, 91, true, true, 'create_anew'],
    ['its writer must be dead by now, and sending again may cost', intended, 91, true, false, 'ask_person'],
    ['the answer was just lost', lost, 15, true, false, 'look_again'],
    ['the answer was lost a while ago, paid', lost, 31, true, false, 'ask_person'],
    ['the answer was lost a while ago, free', lost, 31, true, true, 'create_anew'],
    ['nobody could look, free', lost, 31, false, true, 'look_again'],
    ['nobody could look for long', lost, 16 * 60, false, true, 'ask_person'],
  ];
  it.each(cases)('%s', (_name, attempt, seconds, looked, reliable, move) => {
    expect(launchMove(attempt, { now: at(seconds), looked, reliable }).do).toBe(move);
  });
});
