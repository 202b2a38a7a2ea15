'use client';

import { UploadRow } from './upload-row';
import type { QueuedUpload } from './uploads';

interface UploadPanelProps {
  uploads: readonly QueuedUpload[];
  onRemove: (id: string) => void;
}

/** What is on its way to the server, in the corner of every page until it has arrived. */
export function UploadPanel({ uploads, onRemove }: UploadPanelProps) {
  return (
    <section
      aria-label="Uploads"
      className="appear fixed right-4 bottom-20 z-30 w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line bg-raised shadow-float rail:bottom-4"
    >
      <h2 className="border-b px-4 py-2 font-medium text-sm">
        {uploads.length === 1 ? 'Upload' : `${uploads.length} uploads`}
      </h2>
      <ul className="max-h-80 divide-y overflow-y-auto">
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} brief={uploads.length > 1} onRemove={onRemove} />
        ))}
      </ul>
    </section>
  );
}
