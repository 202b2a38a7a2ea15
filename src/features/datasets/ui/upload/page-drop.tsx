'use client';

import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { droppedFiles } from '@/components/ui/dropped-files';

interface PageDropProps {
  onFiles: (files: File[]) => void;
  /** What a drop makes: "Drop files to make datasets of them". */
  children: string;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files may be dropped anywhere on the page; a veil says what will become of them. */
export function PageDrop({ onFiles, children }: PageDropProps) {
  const over = useFileDrag(onFiles);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-surface/85 p-6">
      <p className="flex items-center gap-3 rounded-xl border-2 border-accent border-dashed bg-raised px-10 py-8 font-medium text-lg shadow-float">
        <Upload aria-hidden className="size-5 text-accent" />
        {children}
      </p>
    </div>
  );
}

function useFileDrag(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Moving over a child fires a leave for the parent: only the depth tells when the drag has left the window.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const move = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      // A dropzone of a dialog above has taken it already.
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', move);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', move);
      window.removeEventListener('drop', drop);
    };
  }, [onFiles]);
  return over;
}
