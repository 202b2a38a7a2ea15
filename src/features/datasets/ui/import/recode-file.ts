import type { FileQuestion } from './look-at-file';

/** The bytes that are sent: the file itself, or what was shown of it, when it is not UTF-8 and had to be read as something else. */
export async function fileToUpload(file: File, { encoding }: Pick<FileQuestion, 'encoding'>): Promise<File> {
  if (encoding !== 'windows-1252') return file;
  const text = file.stream().pipeThrough(new TextDecoderStream('windows-1252')).pipeThrough(new TextEncoderStream());
  const { name, type, lastModified } = file;
  // The same name and date: the same file again goes on with the same upload.
  return new File([await new Response(text).blob()], name, { type, lastModified });
}
