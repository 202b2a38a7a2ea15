'use client';

import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/format';
import { hasRowPerLine } from '../../formats/format.rules';
import type { DatasetFormat } from '../../formats/format.schema';
import { type Sample, type SampleMessage, sampleOf } from '../../formats/sample';
import { rowWord } from '../../left-out.rules';
import { roleName } from '../prepare-message';
import type { FileQuestion } from './look-at-file';

const SHOWN_PROBLEMS = 5;
const SHOWN_TEXT = 400;

interface FormatSampleProps {
  question: Pick<FileQuestion, 'bytes' | 'whole'>;
  format: DatasetFormat;
}

/** The first rows of the file as they would come out, and those that would not. */
export function FormatSample({ question, format }: FormatSampleProps) {
  const { bytes, whole } = question;
  const sample = useMemo(() => sampleOf(bytes, whole, format), [bytes, whole, format]);
  const { examples, problems, rows, part } = sample;
  const word = rowWord(!hasRowPerLine(format.container));
  if (format.kind === 'fields' && !(format.mapping?.prompt && format.mapping.answer))
    return <p className="text-muted text-sm">Choose prompt and answer to see the first examples.</p>;
  return (
    <>
      {part !== null && <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">{part}</p>}
      <section aria-label="First examples">
        <h3 className="mb-2 font-medium text-sm">First examples</h3>
        {examples.length === 0 ? (
          <p className="text-muted text-sm">
            {rows === 0
              ? 'No row was found in the first part of the file.'
              : 'None of the first rows becomes an example this way.'}
          </p>
        ) : (
          <ol className="grid gap-2">
            {examples.map(({ messages }, example) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several rows may stand on one line, and their order never changes
              <li key={example} className="rounded-md border bg-surface p-3">
                <ol className="grid gap-1.5">
                  {messages.map((message, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the messages of a sample never change their order
                    <Message key={i} message={message} />
                  ))}
                </ol>
              </li>
            ))}
          </ol>
        )}
      </section>
      {problems.length > 0 && <Problems sample={sample} word={word} />}
    </>
  );
}

function Message({ message: { role, text } }: { message: SampleMessage }) {
  return (
    <li className="grid gap-x-3 text-sm sm:grid-cols-[6rem_1fr]">
      <span className="text-muted">{roleName({ role, name: null })}</span>
      <span className={cn('line-clamp-3 whitespace-pre-wrap break-words', text === '' && 'text-faint')}>
        {text === '' ? 'nothing' : text.slice(0, SHOWN_TEXT)}
      </span>
    </li>
  );
}

/** @param word  what the number of a row is called */
function Problems({ sample: { problems, leftOut, rows }, word }: { sample: Sample; word: 'Line' | 'Row' }) {
  const of = `${formatCount(leftOut)} of the first ${formatCount(rows)} rows would stay out`;
  return (
    <section aria-label="Rows that stay out">
      <h3 className="mb-1 font-medium text-sm text-warn">{rows === 1 ? 'The first row would stay out' : of}</h3>
      <ul className="grid gap-1 text-sm">
        {problems.slice(0, SHOWN_PROBLEMS).map(({ line, path, message }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several things may be wrong with a row
          <li key={i} className="break-words">
            <span className="text-muted">
              {word} {formatCount(line)}
              {path !== null && path !== '$' && ` · ${path}`}
              {': '}
            </span>
            {message}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN_PROBLEMS && (
        <p className="mt-1 text-muted text-sm">The check after the upload names every one of them.</p>
      )}
    </section>
  );
}
