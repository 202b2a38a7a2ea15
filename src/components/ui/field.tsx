import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';

/** What the control inside must carry, so that label, hint and error belong to it. Spread it. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** The message beside the field; with react-hook-form `errors.name?.message`. */
  error?: string | undefined;
  /** Shown after the label: "optional". */
  note?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** `<Field label="Name" error={errors.name?.message}>{(control) => <Input {...control} {...register('name')} />}</Field>` */
export function Field({ label, hint, error, note, className, children }: FieldProps) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium text-fg text-sm">
        {label}
        {note !== undefined && <span className="ml-1.5 font-normal text-faint">{note}</span>}
      </label>
      {children({ id, 'aria-describedby': about || undefined, 'aria-invalid': error !== undefined || undefined })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="flex items-start gap-1 text-bad text-sm">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}
