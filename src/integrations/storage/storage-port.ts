import type { Readable } from 'node:stream';

/** Half-open range of bytes: `start` included, `end` excluded; without `end` up to the last byte. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface FileToWrite {
  /** As a person would call it; kept for downloads, never used as a path. */
  name: string;
  body: AsyncIterable<Uint8Array>;
  /** Writing stops with `storage.too_large` past this. Default: what uploads may have. */
  maxBytes?: number;
}

export interface WrittenFile {
  key: string;
  name: string;
  bytes: number;
  /** Hex, of the content. */
  sha256: string;
}

/** Where a process of this machine finds a complete file: a path, or an address that is good for five minutes. */
export type FileLocation = { path: string; bytes: number } | { url: string };

export interface StorageHealth {
  writable: boolean;
  /** Bytes a file may still take; null = the storage does not say. */
  freeBytes: number | null;
  usedBytes: number | null;
  /** What is wrong and what to do, when not writable. */
  problem?: string;
}

/**
 * Where uploaded files live. Every call streams: memory does not grow with the file.
 * Throws AppError: `storage.not_found`, `storage.full`, `storage.too_large`, `storage.unreadable_content`,
 * `storage.unavailable` (with retryAfterMs where waiting helps).
 */
export interface StoragePort {
  readonly kind: 'embedded' | 'uploadthing';
  /** Bytes of a complete file. A file whose upload is not finished is not found. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** For another process that reads the file without asking this one for every byte. */
  location(key: string): Promise<FileLocation>;
  /** Bytes of a complete file. */
  size(key: string): Promise<number>;
  /** Deletes what is there; unknown keys are no error. */
  remove(keys: readonly string[]): Promise<void>;
  /** Stores a file that the server itself received or made. Nothing remains of a write that failed. */
  write(file: FileToWrite): Promise<WrittenFile>;
  /** For browsers, short-lived (5 minutes). Root-relative when the app itself is the storage, absolute otherwise. */
  signedReadUrl(key: string): Promise<string>;
  health(): Promise<StorageHealth>;
}
