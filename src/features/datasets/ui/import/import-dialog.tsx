'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { nameFromFile } from '../../dataset.rules';
import type { Detection } from '../../formats/detect-format';
import { leftOutNote } from '../../formats/format.rules';
import type { DatasetFormat } from '../../formats/format.schema';
import { useFreeName } from '../use-free-name';
import { FormatFields } from './format-fields';
import { FormatSample } from './format-sample';
import type { FileQuestion } from './look-at-file';
import { readAs } from './prepare-layout';

export interface ImportAnswer {
  format: DatasetFormat;
  /** Of the new dataset; null when the file is the next version of one. */
  name: string | null;
  /** Also for the other files that look like this one. */
  forAll: boolean;
}

interface ImportDialogProps {
  question: FileQuestion;
  /** Asks for a name, and starts from this one. */
  asksName: boolean;
  /** Other files that look like this one and wait for the same answer. */
  alike: number;
  pending?: boolean;
  onImport: (answer: ImportAnswer) => void;
  onSkip: () => void;
}

/** What the file seems to be, what its rows become, and the means to correct both before anything is uploaded. */
export function ImportDialog({ question, asksName, alike, pending = false, onImport, onSkip }: ImportDialogProps) {
  const { fileName } = question;
  const [detection, setDetection] = useState(question.detection);
  const [format, setFormat] = useState(() => firstGuess(detection));
  const setLayout = (layout: string) => {
    const found = readAs(question, layout);
    setDetection(found);
    setFormat(firstGuess(found));
  };
  const [name, setName] = useState(() => nameFromFile(fileName));
  const [forAll, setForAll] = useState(alike > 0);
  const note = leftOutNote(format.kind);
  const missing = format.kind === 'fields' && !(format.mapping?.prompt && format.mapping.answer);
  const free = useFreeName(asksName ? name : '');
  const nameless = asksName && name.trim() === '';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onSkip()}
      size="lg"
      title={<span className="break-words">{`Import ${fileName}`}</span>}
      description={detection.why}
      footer={
        <>
          {alike > 0 && (
            <span className="mr-auto flex items-center">
              <Checkbox
                checked={forAll}
                onCheckedChange={setForAll}
                label={alike === 1 ? 'Also for the other file like it' : `Also for the ${alike} other files like it`}
              />
            </span>
          )}
          <Button onClick={onSkip}>{alike > 0 ? 'Skip this file' : 'Cancel'}</Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={missing || nameless}
            onClick={() =>
              onImport({
                format,
                name: asksName && name.trim() !== nameFromFile(fileName) ? name.trim() : null,
                forAll: forAll && alike > 0,
              })
            }
          >
            Import
          </Button>
        </>
      }
    >
      <div className="grid gap-4 pb-1">
        {asksName && (
          <Field
            label="Name"
            error={nameless ? 'Give the dataset a name.' : undefined}
            {...(free !== null && { hint: takenHint(free, name.trim() === nameFromFile(fileName)) })}
          >
            {(control) => (
              <Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
        )}
        <EncodingNote encoding={question.encoding} />
        <FormatFields
          format={format}
          fields={detection.fields}
          found={question.detection.format.container}
          onChange={setFormat}
          onLayout={setLayout}
        />
        {note && <p className="rounded-md bg-info-soft px-3 py-2 text-info text-sm">{note}</p>}
        <FormatSample question={question} format={format} />
      </div>
    </Dialog>
  );
}

function EncodingNote({ encoding }: Pick<FileQuestion, 'encoding'>) {
  if (encoding === 'utf-8') return null;
  return (
    <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      {encoding === 'windows-1252'
        ? 'This file is not UTF-8. It is read as Windows-1252, as Excel writes it in western Europe, and uploaded as UTF-8. Look at the letters with accents below: if they are wrong, cancel and save the file as UTF-8.'
        : 'This file is not all UTF-8. Rows with letters that cannot be read stay out: to keep them, cancel and save the file as UTF-8 (in Excel: “CSV UTF-8”).'}
    </p>
  );
}

const takenHint = (free: string, suggested: boolean): string =>
  suggested
    ? `There is a dataset of this name, so this one will be called “${free}”.`
    : `There is a dataset of this name. “${free}” is free.`;

/** Where nothing is known but the names of fields, somebody has to choose among them. */
function firstGuess({ format, confidence, fields }: Detection): DatasetFormat {
  return confidence === 'unknown' && fields.length > 0 ? { ...format, kind: 'fields', mapping: null } : format;
}
