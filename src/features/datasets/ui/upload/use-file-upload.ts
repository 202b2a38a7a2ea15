'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { uploadFileProblem } from '@/lib/upload-file';
import { forgetUpload, type UploadTarget, uploadIdOf } from './remembered-uploads';
import { pauseUntilOnline, sendWithRetry, UploadFailed } from './send-with-retry';
import { remainingMs, UploadRate } from './upload-rate';

export interface FileUpload {
  fileName: string;
  /** `waiting` = between two attempts, after the connection was lost. */
  phase: 'uploading' | 'waiting' | 'done' | 'failed';
  bytes: number;
  totalBytes: number;
  /** Over the last seconds; null while unknown. */
  rateBytesPerSecond: number | null;
  remainingMs: number | null;
  /** From 1. */
  attempt: number;
  /** While waiting or failed: what happened, in words. */
  message: string | null;
}

export interface UploadedDataset {
  datasetId: string;
  versionId: string;
}

/**
 * Sends one file at a time through UploadThing's client and keeps at it: dropped connections resume at the last offset. The same
 * file for the same target goes on even after the page was closed.
 *
 * `start` resolves with the dataset whose import began, or null when it was cancelled or failed (then `upload.message` says why).
 * Unmounting cancels.
 */
export function useFileUpload() {
  const [upload, setUpload] = useState<FileUpload | null>(null);
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setUpload(null);
  }, []);

  const start = useCallback(async (file: File, target: UploadTarget = {}): Promise<UploadedDataset | null> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (change: Partial<FileUpload>): void => {
      if (running.current === controller) setUpload((now) => ({ ...(now ?? fresh(file)), ...change }));
    };
    setUpload(fresh(file));
    const problem = uploadFileProblem(file);
    if (problem) {
      show({ phase: 'failed', message: problem });
      return null;
    }
    try {
      const dataset = await send(file, target, controller.signal, show);
      forgetUpload(file, target);
      show({ phase: 'done', bytes: file.size, remainingMs: 0, message: null });
      return dataset;
    } catch (error) {
      if (controller.signal.aborted) return null;
      // The file or its key is the trouble: sending it again has to be a new upload.
      if (error instanceof UploadFailed && !error.resumable) forgetUpload(file, target);
      const words = error instanceof UploadFailed ? error.message : 'The upload stopped unexpectedly. Try it again.';
      show({ phase: 'failed', message: words, rateBytesPerSecond: null, remainingMs: null });
      return null;
    }
  }, []);

  return { upload, start, cancel };
}

const fresh = (file: File): FileUpload => ({
  fileName: file.name,
  phase: 'uploading',
  bytes: 0,
  totalBytes: file.size,
  rateBytesPerSecond: null,
  remainingMs: null,
  attempt: 1,
  message: null,
});

async function send(
  file: File,
  target: UploadTarget,
  signal: AbortSignal,
  show: (change: Partial<FileUpload>) => void,
): Promise<UploadedDataset> {
  const rate = new UploadRate();
  const uploadId = uploadIdOf(file, target);
  const outcome = await sendWithRetry({
    signal,
    pause: pauseUntilOnline,
    send: async (attemptSignal, onBytes) => {
      // A fifth of a page's script: it comes with the first file.
      const { uploadFiles } = await import('@/trpc/upload-client');
      const [sent] = await uploadFiles('dataset', {
        files: [file],
        input: { ...target, uploadId },
        signal: attemptSignal,
        // The client counts the multipart frame as well: more than the file has.
        onUploadProgress: ({ loaded }) => onBytes(Math.min(loaded, file.size)),
      });
      if (!sent) throw new UploadFailed('The server accepted no file. Try it again.', true);
      return sent.serverData;
    },
    onAttempt: (attempt) => {
      rate.restart();
      show({ phase: 'uploading', attempt, message: null, rateBytesPerSecond: null, remainingMs: null });
    },
    onBytes: (bytes) => {
      const rateBytesPerSecond = rate.add(bytes, performance.now());
      show({ bytes, rateBytesPerSecond, remainingMs: remainingMs(bytes, file.size, rateBytesPerSecond) });
    },
    onPause: ({ message }) => show({ phase: 'waiting', message, rateBytesPerSecond: null, remainingMs: null }),
  });
  if (!('problem' in outcome)) return outcome;
  throw new UploadFailed(outcome.problem, false);
}
