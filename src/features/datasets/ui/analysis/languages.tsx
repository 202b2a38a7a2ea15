'use client';

import { formatCount } from '@/lib/format';
import type { VersionAnalysis } from '../../analysis.schema';
import { languageName } from '../../language.rules';
import { TableCard, type ValueColumn } from './table-card';

type Language = VersionAnalysis['languages'][number];

/** Which languages are asked and answered in. */
export function Languages({ found }: { found: VersionAnalysis }) {
  const { languages, languageChanges } = found;
  const answered = languages.reduce((sum, { answers }) => sum + answers, 0);
  const columns: ValueColumn<Language>[] = [
    { id: 'language', header: 'Language', value: ({ language }) => languageName(language) },
    { id: 'questions', header: 'Questions', value: ({ questions }) => questions },
    { id: 'answers', header: 'Answers', value: ({ answers }) => answers },
    { id: 'share', header: 'Share', value: ({ answers }) => answers / Math.max(1, answered), percent: true },
  ];
  return (
    <TableCard
      title="Languages"
      note={`By script and everyday words of the last question and answer; labels, names and code do not tell. ${changes(languageChanges)}`}
      rows={languages}
      columns={columns}
      rowId={({ language }) => language}
      empty="No texts."
    />
  );
}

function changes(count: number): string {
  if (count === 0) return 'No example changes its language in between.';
  return `${formatCount(count)} ${count === 1 ? 'example answers' : 'examples answer'} in another language than asked.`;
}
