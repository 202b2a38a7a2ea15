'use client';

import { FolderUp } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';

/** Hands on every file of a folder. */
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
          const files = Array.from(event.target.files ?? []);
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
