'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { guessMapping } from '../../formats/detect-kind';
import { formatKinds, formatWords } from '../../formats/format.rules';
import type { Container, DatasetFormat, FieldMapping } from '../../formats/format.schema';
import { layoutOf, layoutOptions } from './prepare-layout';

const kindOptions = formatKinds.map((value) => ({ value, ...formatWords[value] }));

/** Stands for "no field": a select knows no empty value. No field is called so, because of the line break. */
const NONE = '\nnone';

interface FormatFieldsProps {
  format: DatasetFormat;
  /** Columns, or names of fields, to choose from. */
  fields: readonly string[];
  /** How the rows seemed to be packed. */
  found: Container;
  onChange: (format: DatasetFormat) => void;
  /** Another layout has other rows, so what they are is found out anew. */
  onLayout: (layout: string) => void;
}

/** What the rows mean and how they are packed; for fields of one's own also which of them is what. */
export function FormatFields({ format, fields, found, onChange, onLayout }: FormatFieldsProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Format">
          {(control) => (
            <Select
              {...control}
              options={kindOptions}
              value={format.kind}
              onValueChange={(kind) =>
                onChange({
                  ...{ ...format, kind },
                  mapping: kind === 'fields' ? (guessMapping(fields)?.mapping ?? null) : null,
                })
              }
            />
          )}
        </Field>
        <Field label="Layout of the file">
          {(control) => (
            <Select
              {...control}
              options={layoutOptions(found)}
              value={layoutOf(format.container)}
              onValueChange={onLayout}
            />
          )}
        </Field>
      </div>
      {format.kind === 'fields' && (
        <MappingFields
          fields={fields}
          mapping={format.mapping}
          onChange={(mapping) => onChange({ ...format, mapping })}
        />
      )}
    </>
  );
}

interface MappingFieldsProps {
  fields: readonly string[];
  mapping: FieldMapping | null;
  onChange: (mapping: FieldMapping) => void;
}

function MappingFields({ fields, mapping, onChange }: MappingFieldsProps) {
  const options = fields.map((value) => ({ value, label: value }));
  const { system = null, prompt = '', answer = '' } = mapping ?? {};
  const set = (change: Partial<FieldMapping>) => onChange({ system, prompt, answer, ...change });
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="System prompt" note="optional">
        {(control) => (
          <Select
            {...control}
            options={[{ value: NONE, label: 'None' }, ...options]}
            value={system ?? NONE}
            onValueChange={(value) => set({ system: value === NONE ? null : value })}
          />
        )}
      </Field>
      <Field label="Prompt">
        {(control) => (
          <Select {...control} options={options} value={prompt} onValueChange={(value) => set({ prompt: value })} />
        )}
      </Field>
      <Field label="Answer">
        {(control) => (
          <Select {...control} options={options} value={answer} onValueChange={(value) => set({ answer: value })} />
        )}
      </Field>
    </div>
  );
}
