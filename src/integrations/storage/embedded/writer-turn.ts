import { randomUUID } from 'node:crypto';
import { processState } from '@/platform/process/process-state';
import type { FileStore } from './file-store';
import { IngestError } from './ingest-error';

interface RunningWriter {
  stop: () => void;
  stopped: boolean;
  finished: Promise<void>;
}

const shared = processState<{ uploadWriters?: Map<string, RunningWriter> }>();

/** A writer looks at its token on the disk when it has not for this long. */
const LOOK_EVERY_MS = 50;
/** After this long a writer in another process has seen that it was replaced. */
const OTHER_PROCESS_GRACE_MS = 250;

export interface WriterTurn {
  /** Throws IngestError 409 when another upload of the same file has taken over. Ask before each write. */
  check(): Promise<void>;
  /** The same, looking at the disk in any case. Ask before the part becomes a file. */
  confirm(): Promise<void>;
  release(): void;
}

/**
 * One writer per file, the newest: a connection that died without saying so must not block the one that resumes. Replaces the
 * running writer, in this process or another, and waits until it writes no more. `stop` ends the caller's own transfer later.
 */
export async function takeTurn(store: FileStore, key: string, stop: () => void): Promise<WriterTurn> {
  shared.uploadWriters ??= new Map();
  const writers = shared.uploadWriters;
  const id = store.path(key, 'part');
  const before = writers.get(id);

  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const me: RunningWriter = { stop, stopped: false, finished };
  const release = (): void => {
    if (writers.get(id) === me) writers.delete(id);
    finish();
  };
  writers.set(id, me);

  try {
    if (before) {
      before.stopped = true;
      before.stop();
      await before.finished;
    }
    const token = `${process.pid}:${randomUUID()}`;
    const previous = await store.writer(key);
    await store.saveWriter(key, token);
    if (previous && mayBeWriting(previous)) await new Promise((resolve) => setTimeout(resolve, OTHER_PROCESS_GRACE_MS));
    let looked = 0;
    const confirm = async (): Promise<void> => {
      if (me.stopped || (await store.writer(key)) !== token)
        throw new IngestError(409, 'A newer connection has taken over this upload.');
      looked = performance.now();
    };
    const check = async (): Promise<void> => {
      if (me.stopped || performance.now() - looked > LOOK_EVERY_MS) await confirm();
    };
    await confirm();
    return { check, confirm, release };
  } catch (error) {
    release();
    throw error;
  }
}

function mayBeWriting(token: string): boolean {
  const pid = Number.parseInt(token, 10);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
