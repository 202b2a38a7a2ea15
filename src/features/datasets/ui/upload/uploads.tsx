'use client';

import dynamic from 'next/dynamic';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { newId } from '@/lib/new-id';
import { useFileQuestions } from '../import/use-file-questions';
import { dataFiles, oneFile } from './data-files';
import type { UploadTarget } from './remembered-uploads';

export interface QueuedUpload {
  id: string;
  file: File;
  target: UploadTarget;
}

type AddUploads = (files: readonly File[], target?: UploadTarget) => void;

const ImportDialog = dynamic(() => import('../import/import-dialog').then((module) => module.ImportDialog), {
  ssr: false,
});

const UploadPanel = dynamic(() => import('./upload-panel').then((module) => module.UploadPanel), { ssr: false });

const Add = createContext<AddUploads>(() => undefined);

/**
 * Takes files from anywhere below the provider; what cannot be data stays out, and is counted. What is not clearly chat JSONL is asked about first; uploads go on while pages
 * change, each with a row in the corner panel.
 */
export const useAddUploads = (): AddUploads => useContext(Add);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const [uploads, setUploads] = useState<readonly QueuedUpload[]>([]);
  const start = useCallback((files: readonly File[], target: UploadTarget) => {
    setUploads((now) => [...now, ...files.map((file) => ({ id: newId(), file, target }))]);
  }, []);
  const { question: open, add: look, answer, skip } = useFileQuestions(start);
  const add = useCallback<AddUploads>(
    (all, target) => {
      const { files, note } = target?.datasetId === undefined ? dataFiles(all) : oneFile(all);
      if (note) toast.info(note);
      if (files.length > 0) void look(files, target);
    },
    [look],
  );
  const remove = useCallback((id: string) => setUploads((now) => now.filter((upload) => upload.id !== id)), []);
  const panel = useMemo(
    () => uploads.length > 0 && <UploadPanel uploads={uploads} onRemove={remove} />,
    [uploads, remove],
  );
  return (
    <Add value={add}>
      {children}
      {panel}
      {open && (
        <ImportDialog
          key={open.id}
          question={open.question}
          asksName={open.target.datasetId === undefined}
          alike={open.alike}
          onImport={answer}
          onSkip={skip}
        />
      )}
    </Add>
  );
}
