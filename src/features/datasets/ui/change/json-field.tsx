'use client';

import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import type { TextFault } from './prepare-draft';

interface JsonFieldProps {
  text: string;
  fault: TextFault | null;
  onChange: (text: string) => void;
}

/** The example as JSON. Where it breaks is told by line and column, and one click away. */
export function JsonField({ text, fault, onChange }: JsonFieldProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const show = () => {
    if (!fault || !box.current) return;
    const lines = text.split('\n');
    const at = lines.slice(0, fault.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + fault.column - 1;
    box.current.focus();
    box.current.setSelectionRange(at, Math.min(text.length, at + 1));
  };
  return (
    <div className="grid gap-1.5">
      <Field label="Example as JSON" error={fault?.message}>
        {(control) => (
          <Textarea
            {...control}
            ref={box}
            rows={18}
            spellCheck={false}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            className="whitespace-pre font-mono text-xs leading-5"
          />
        )}
      </Field>
      {fault && (
        <Button size="sm" className="justify-self-start" onClick={show}>
          Go to line {fault.line}
        </Button>
      )}
    </div>
  );
}
