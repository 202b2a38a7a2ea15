'use client';

import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { UPLOAD_EXTENSIONS } from '@/lib/upload-file';

interface UploadButtonProps {
  onFiles: (files: File[]) => void;
  children: string;
  variant?: 'primary' | 'secondary';
  multiple?: boolean;
}

export function UploadButton({ onFiles, children, variant = 'secondary', multiple = false }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={variant} onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={children}
        multiple={multiple}
        accept={UPLOAD_EXTENSIONS.join(',')}
        onChange={(event) => {
          const files = Array.from(event.target.files ?? []);
          // The same file again must count as a choice.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
