'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { newId } from '@/lib/new-id';
import type { UploadTarget } from './remembered-uploads';
import { UploadPanel } from './upload-panel';

export interface QueuedUpload {
  id: string;
  file: File;
  target: UploadTarget;
}

type AddUploads = (files: readonly File[], target?: UploadTarget) => void;

const Add = createContext<AddUploads>(() => undefined);

/** Takes files from anywhere below the provider. Uploads go on while pages change, each with a row in the corner panel. */
export const useAddUploads = (): AddUploads => useContext(Add);

export function UploadsProvider({ children }: { children: ReactNode }) {
  const [uploads, setUploads] = useState<readonly QueuedUpload[]>([]);
  const add = useCallback<AddUploads>((files, target = {}) => {
    setUploads((now) => [...now, ...files.map((file) => ({ id: newId(), file, target }))]);
  }, []);
  const remove = useCallback((id: string) => setUploads((now) => now.filter((upload) => upload.id !== id)), []);
  const panel = useMemo(() => <UploadPanel uploads={uploads} onRemove={remove} />, [uploads, remove]);
  return (
    <Add value={add}>
      {children}
      {panel}
    </Add>
  );
}
