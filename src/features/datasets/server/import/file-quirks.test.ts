import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../formats/detect-format';
import { sampleOf } from '../../formats/sample';
import { FileAnalysis } from './file-analysis';
import { TokenCounter } from './o200k/counter';
import { loadEngine } from './o200k/engine';
import { ranksFile } from './o200k/ranks-file';

const counter = new TokenCounter(loadEngine(ranksFile()));

/** What the page says of a file before it is uploaded, and what its import says. */
function look(text: string | Buffer) {
  const bytes = Buffer.from(text);
  const detection = detectFormat(bytes, true);
  const analysis = new FileAnalysis(
    { datasetId: '01a00000-0000-7000-8000-000000000000', number: 1, seed: 1, format: null, nearDuplicates: false },
    counter,
  );
  analysis.push(bytes);
  const outcome = analysis.end();
  analysis.takeRows();
  return { detection, sample: sampleOf(bytes, true, detection.format), outcome };
}

const say = (role: string, content: string) => ({ role, content });

describe('a page of the public dataset viewer', () => {
  const row = (i: number, cut: string[]) => ({
    row_idx: i,
    row: { question: `How much is ${i}?`, answer: `It is number ${i}.`, notes: 'n' },
    truncated_cells: cut,
  });
  const page = (rest: object, cut: string[] = []) =>
    JSON.stringify({ features: [], rows: [row(0, []), row(1, cut), row(2, [])], ...rest });

  it('leaves out rows of which a cell that is used was cut off', () => {
    const { sample, outcome } = look(page({}, ['answer']));
    const said = { line: 2, path: 'answer', message: expect.stringContaining('cut off') };
    expect(outcome).toMatchObject({ rows: 2, rejectedRows: 1 });
    expect(outcome.findings).toContainEqual(expect.objectContaining({ code: 'cell_cut', ...said }));
    expect(sample).toMatchObject({ rows: 3, problems: [said] });
  });

  it('does not mind a cell that nothing is made of', () => {
    expect(look(page({}, ['notes']))).toMatchObject({
      outcome: { rows: 3, rejectedRows: 0 },
      sample: { problems: [] },
    });
  });

  it('is read the same with one row a line, as jq cuts it', () => {
    const lines = [row(0, []), row(1, ['answer']), row(2, [])].map((one) => JSON.stringify(one)).join('\n');
    const { sample, outcome } = look(lines);
    expect(outcome).toMatchObject({ rows: 2, rejectedRows: 1, stats: { problems: { cell_cut: 1 } } });
    expect(sample).toMatchObject({ leftOut: 1, problems: [{ line: 2, path: 'answer' }] });
  });

  it('tells how many rows its dataset has', () => {
    const { sample, outcome } = look(page({ num_rows_total: 5000, num_rows_per_page: 100, partial: true }));
    const message = 'The file has 3 of the 5\u2009000 rows of its dataset.';
    expect(outcome.findings).toContainEqual(expect.objectContaining({ code: 'rows_elsewhere', line: null, message }));
    expect(sample.part).toBe(message);
    for (const rest of [{ num_rows_total: 3, partial: false }, {}]) {
      expect(look(page(rest)).sample.part).toBeNull();
      expect(look(page(rest)).outcome.stats.problems).not.toHaveProperty('rows_elsewhere');
    }
    expect(look(page({ num_rows_total: 3, partial: true })).sample.part).toContain('only a part');
  });
});

describe('a table whose first line names its delimiter', () => {
  it.each([
    [';', 'sep=;\r\n'],
    ['|', '\ufeffSEP=|\n'],
    [';', '"sep=;"\r\n'],
    ['\t', 'sep=\t\n'],
  ])('is read with %j, and its header is the line below', (delimiter, first) => {
    const lines = [
      ['question', 'answer, or more, than, one'],
      ['Q', 'A'],
      ['x, y', 'z'],
    ];
    const { detection, outcome, sample } = look(`${first}${lines.map((cells) => cells.join(delimiter)).join('\n')}`);
    expect(detection.format.container).toEqual({ type: 'table', delimiter });
    expect(detection.fields).toEqual(lines[0]);
    expect(outcome).toMatchObject({ rows: 2, rejectedRows: 0 });
    expect(sample.examples.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('is told from one whose first column is called so', () => {
    const { detection } = look('sep=,answer\nQ,A\n');
    expect(detection.fields).toEqual(['sep=', 'answer']);
  });
});

describe('the sample', () => {
  const turn = (from: string, value: string) => ({ from, value });
  const call = turn('function_call', '{"name":"f","arguments":{}}');

  it('leaves out what the import leaves out, for the same reasons', () => {
    const good = { conversations: [turn('human', 'Q'), turn('gpt', 'A')] };
    const bad = { conversations: [turn('human', 'Q'), call, call, turn('observation', '1'), turn('gpt', 'A')] };
    const { outcome, sample } = look(
      [good, bad, { conversations: [turn('human', 'Q')] }].map((row) => JSON.stringify(row)).join('\n'),
    );
    expect(sample).toMatchObject({ leftOut: 2, rows: 3, examples: [{ line: 1 }] });
    const errors = outcome.findings.filter(({ severity }) => severity === 'error');
    expect(sample.problems.map(({ line, path, message }) => ({ line, path, message }))).toEqual(
      errors.map(({ line, path, message }) => ({ line, path, message })),
    );
    expect(outcome.rejectedRows).toBe(2);
  });

  it('minds the quotes and columns of a table too', () => {
    const { outcome, sample } = look('question,answer\nQ,A\nQ,"A"b\nQ,A,more\nQ,A\n');
    expect(outcome.rejectedRows).toBe(2);
    expect(sample).toMatchObject({ leftOut: 2, problems: [{ line: 3 }, { line: 4 }] });
  });
});

describe('chat in a list', () => {
  it('says so of a cut list of messages, not that it is a text', () => {
    const whole = { messages: [say('user', 'Q'), say('assistant', 'A')] };
    const rows = [
      { row_idx: 0, row: whole, truncated_cells: [] },
      { row_idx: 1, row: { messages: '[{"role":"us' }, truncated_cells: ['messages'] },
      { row_idx: 2, row: whole, truncated_cells: [] },
    ];
    const { outcome, sample } = look(JSON.stringify({ rows }));
    expect(outcome.stats.problems).toMatchObject({ cell_cut: 1 });
    expect(sample.problems).toEqual([
      expect.objectContaining({ path: 'messages', message: expect.stringContaining('cut off') }),
    ]);
  });
});
