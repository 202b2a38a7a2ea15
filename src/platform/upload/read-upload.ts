import { pipeline, Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { AppError } from '@/lib/app-error';
import { MAX_UPLOAD_NAME, uploadNameProblem } from '@/lib/upload-file';

export interface ReceivedUpload {
  fileName: string;
  /** The file's bytes as they arrive. Throws `upload.broken_off` or `upload.malformed` in the middle; read it to its end. */
  body: AsyncIterable<Uint8Array>;
}

const IDLE_MS = 60_000;
const FIELD = 'file';
const LIMITS = { fields: 20, fieldSize: 64 * 1024, parts: 40, headerPairs: 50, headerSize: 16 * 1024 };

const refusal = (reason: string, message: string, cause?: unknown): AppError =>
  new AppError({ kind: 'invalid_input', reason, message, cause });

/**
 * The one file of a request: part `file` of multipart/form-data, or the whole body of any other type. Streams; nothing is kept.
 *
 * @param fallbackName  the file's name when the body brings none (`?name=` of a raw body)
 * @param idleMs  a sender silent for this long is cut off; default 60 s
 * @throws invalid_input `upload.no_file`, `upload.malformed`, `upload.broken_off`, `upload.bad_name`
 */
export async function readUpload(
  request: Request,
  fallbackName: string,
  { idleMs = IDLE_MS }: { idleMs?: number } = {},
): Promise<ReceivedUpload> {
  if (!request.body) throw noFile();
  const type = request.headers.get('content-type') ?? '';
  const source = Readable.from(bytesOf(request.body, idleMs), { objectMode: false });
  if (!/^multipart\/form-data/i.test(type)) {
    const fileName = checkedName(fallbackName);
    return { fileName, body: untilBroken(source) };
  }
  const { name, body } = await firstFile(source, type);
  try {
    return { fileName: checkedName(name || fallbackName), body };
  } catch (error) {
    source.destroy();
    throw error;
  }
}

function checkedName(name: string): string {
  const problem = uploadNameProblem(name.slice(0, MAX_UPLOAD_NAME + 1));
  if (problem) throw refusal('upload.bad_name', problem);
  return name;
}

/** The sender's fault, told from damage in what it sent. */
class SenderGone extends Error {}

/** A body's bytes; the clock runs only while the sender is waited for, so a slow reader costs nobody the upload. */
async function* bytesOf(body: ReadableStream<Uint8Array>, idleMs: number): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let silent = false;
  let ended = false;
  try {
    for (;;) {
      const timer = setTimeout(() => {
        silent = true;
        reader.cancel().catch(() => undefined);
      }, idleMs);
      const read = await reader.read().catch((cause: unknown) => new SenderGone('broken', { cause }));
      clearTimeout(timer);
      if (silent) throw new SenderGone('silent');
      if (read instanceof SenderGone) throw read;
      ended = read.done;
      if (read.done) return;
      yield read.value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

async function* untilBroken(source: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* source as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw brokenOff(error);
  }
}

function firstFile(source: Readable, type: string): Promise<{ name: string; body: AsyncIterable<Uint8Array> }> {
  return new Promise((resolve, reject) => {
    const parser = makeParser(type);
    let open: BusboyFileStream | undefined;
    let failure: AppError | undefined;
    const fail = (error: AppError): void => {
      failure ??= error;
      reject(failure);
      open?.destroy(failure);
      source.destroy();
    };
    const ended = new Promise<void>((done) => {
      pipeline(source, parser, (error) => {
        if (error) fail(error instanceof SenderGone ? brokenOff(error) : malformed(error));
        else if (!open) fail(noFile());
        done();
      });
    });
    parser.on('file', (field, file, name) => {
      // Whoever reads the file sees what happened; without a listener a broken stream would end the process.
      file.on('error', () => undefined);
      if (open || field !== FIELD) {
        file.resume();
        return fail(open ? manyFiles() : wrongField(field));
      }
      open = file;
      resolve({ name: name ?? '', body: contentOf(file, ended, () => failure, fail) });
    });
  });
}

async function* contentOf(
  file: BusboyFileStream,
  ended: Promise<void>,
  failure: () => AppError | undefined,
  fail: (error: AppError) => void,
): AsyncGenerator<Uint8Array> {
  let whole = false;
  try {
    yield* file as AsyncIterable<Uint8Array>;
    whole = true;
  } catch (error) {
    throw failure() ?? malformed(error);
  } finally {
    if (!whole) fail(brokenOff(undefined));
  }
  // The closing boundary and what follows it are checked too: a cut body must not pass for a whole file.
  await ended;
  const problem = failure();
  if (problem) throw problem;
}

function makeParser(type: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: LIMITS });
  } catch (error) {
    throw malformed(error);
  }
}

const noFile = () =>
  refusal(
    'upload.no_file',
    'No file came with this request. Send it as the part "file" of multipart/form-data, or as a raw body with ?name=data.jsonl.',
  );

const manyFiles = () =>
  refusal('upload.no_file', 'More than one file came with this request. Send them one at a time.');

const wrongField = (field: string) =>
  refusal(
    'upload.no_file',
    `The file came as the part "${field.slice(0, 40)}". Name the part "file": curl -F file=@data.jsonl.`,
  );

const malformed = (cause: unknown) =>
  refusal(
    'upload.malformed',
    'The multipart body is damaged or ends too early, so nothing was kept. Send the file again.',
    cause,
  );

const brokenOff = (cause: unknown) =>
  refusal(
    'upload.broken_off',
    'The connection broke before the whole file had arrived, so nothing was kept. Send it again.',
    cause,
  );
