'use client';

import { FolderUp } from 'lucide-react';
import { useRef } from 'react';
import { toast } from 'sonner';
import { IconButton } from '@/components/ui/icon-button';
import { uploadNameProblem } from '@/lib/upload-file';

/** Takes every data file of a folder; what is no data is left where it is, and counted. */
export function FolderButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Upload a folder" variant="secondary" onClick={() => input.current?.click()}>
        <FolderUp />
      </IconButton>
      <input
        ref={(element) => {
          input.current = element;
          // React does not know this attribute as a property.
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label="Upload a folder"
        onChange={(event) => {
          const all = Array.from(event.target.files ?? []).filter(({ name }) => !name.startsWith('.'));
          event.target.value = '';
          const files = all.filter(({ name }) => uploadNameProblem(name) === null);
          const left = all.length - files.length;
          if (left > 0) toast.info(`${left} ${left === 1 ? 'file is' : 'files are'} no data and stayed out`);
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
