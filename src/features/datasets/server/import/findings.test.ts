import { expect, it } from 'vitest';
import { Findings } from './findings';

it('keeps a hundred places of each code and counts all of them', () => {
  const findings = new Findings();
  for (let line = 1; line <= 5000; line++) {
    findings.add('not_json', { line, message: 'broken' });
    findings.add('content_blank', { line, message: 'blank' });
    findings.rejectRow();
  }
  expect(findings.kept).toHaveLength(200);
  expect(findings.summary).toEqual({
    ...{ rejectedRows: 5000, warnings: 5000 },
    totals: { not_json: 5000, content_blank: 5000 },
  });
});

it('stores nothing that a database or a screen would choke on', () => {
  const findings = new Findings();
  const nasty = `a\u0000b\n\u001b[31m\ud800${'x'.repeat(10_000)}`;
  findings.add('not_json', { line: 1, path: nasty, message: nasty, excerpt: () => nasty });
  const [kept] = findings.kept;
  for (const text of [kept?.path, kept?.message, kept?.excerpt]) {
    expect(text?.length).toBeLessThan(400);
    expect(text).toMatch(/^a·b··\[31m\ufffdx+…$/);
  }
});

it('asks for an excerpt only when it is kept', () => {
  const findings = new Findings();
  let asked = 0;
  for (let line = 1; line <= 300; line++)
    findings.add('not_json', { line, message: 'm', excerpt: () => String(asked++) });
  expect(asked).toBe(100);
});
