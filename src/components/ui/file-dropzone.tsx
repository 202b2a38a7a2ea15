'use client';

import { Upload } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cn } from './cn';
import { droppedFiles } from './dropped-files';

interface FileDropzoneProps {
  /** Called with at least one file. What is wrong with a file is for the caller to say. */
  onFiles: (files: File[]) => void;
  /** As in an input's `accept`: ".jsonl,.csv". Drops are not filtered by it. */
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  /** What may be dropped: formats, limits. */
  hint?: ReactNode;
  className?: string;
}

/** Drop, click or press Enter. */
export function FileDropzone({
  onFiles,
  accept,
  multiple = false,
  disabled = false,
  hint,
  className,
}: FileDropzoneProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function take(files: File[]) {
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!disabled) void droppedFiles(event.dataTransfer).then(take);
  }

  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'flex cursor-pointer flex-col items-center gap-1.5 rounded-lg border border-line-strong border-dashed bg-surface px-6 py-8 text-center has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
        over && 'border-accent bg-accent-soft',
        disabled && 'cursor-not-allowed opacity-55',
        className,
      )}
    >
      <Upload aria-hidden className="size-5 text-faint" />
      <span className="font-medium">
        {multiple ? 'Drop files here, or choose them' : 'Drop a file here, or choose one'}
      </span>
      {hint !== undefined && <span className="text-muted text-sm">{hint}</span>}
      <input
        ref={input}
        id={id}
        type="file"
        className="sr-only"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => {
          take(Array.from(event.target.files ?? []));
          // The same file again must count as a choice.
          event.target.value = '';
        }}
      />
    </label>
  );
}
