'use client';

import { useCallback, useState } from 'react';
import { newId } from '@/lib/new-id';
import type { UploadTarget } from '../upload/remembered-uploads';
import type { ImportAnswer } from './import-dialog';
import type { FileQuestion } from './look-at-file';
import { fileToUpload } from './recode-file';

interface OpenQuestion {
  id: string;
  file: File;
  target: UploadTarget;
  question: FileQuestion;
  /** How many of the files that wait behind it look like it. */
  alike: number;
}

type Start = (files: readonly File[], target: UploadTarget) => void;

/** Looks at files before they are uploaded: those of which nothing has to be asked start at once, the others wait their turn. */
export function useFileQuestions(start: Start) {
  const [questions, setQuestions] = useState<readonly OpenQuestion[]>([]);

  const add = useCallback(
    async (files: readonly File[], target: UploadTarget = {}): Promise<void> => {
      // The formats come with the first file that is chosen.
      const { lookAtFile } = await import('./look-at-file');
      for (const file of files) {
        const question = await lookAtFile(file).catch(() => null);
        if (question) setQuestions((now) => counted([...now, { id: newId(), file, target, question, alike: 0 }]));
        else start([file], target);
      }
    },
    [start],
  );

  const [first, ...others] = questions;

  const send = async ({ file, question }: OpenQuestion, target: UploadTarget): Promise<void> => {
    start([await fileToUpload(file, question)], target);
  };

  const answer = ({ format, name, forAll }: ImportAnswer): void => {
    if (!first) return;
    void send(first, { ...first.target, format, ...(name !== null && { name }) });
    const same = forAll ? others.filter((other) => isSameMake(other, first)) : [];
    for (const other of same) void send(other, { ...other.target, format });
    setQuestions(counted(others.filter((other) => !same.includes(other))));
  };

  const skip = (): void => setQuestions(counted(others));

  return { question: first, add, answer, skip };
}

const makeOf = ({ question: { detection, encoding } }: OpenQuestion): string =>
  JSON.stringify([detection.format.container, detection.format.kind, detection.fields, encoding]);

/** Files of the same make: what is said of one may be said of the other. */
const isSameMake = (a: OpenQuestion, b: OpenQuestion): boolean => makeOf(a) === makeOf(b);

const counted = (questions: readonly OpenQuestion[]): OpenQuestion[] =>
  questions.map((one, i) => ({
    ...one,
    alike: questions.slice(i + 1).filter((other) => isSameMake(one, other)).length,
  }));
