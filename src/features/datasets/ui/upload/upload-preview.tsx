'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount } from '@/lib/format';
import { containerWord, formatWords, hasRowPerLine } from '../../formats/format.rules';
import { rowWord } from '../../left-out.rules';
import { FormatSample } from '../import/format-sample';
import { type FilePreview, glimpse, previewLine, previewOf } from './file-preview';
import type { QueuedUpload } from './uploads';

interface UploadPreviewProps {
  upload: QueuedUpload;
  /** One line only: several files share the panel. */
  brief: boolean;
  /** Whether the window with the rows is open. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the first rows of a file are, and what is wrong with them, while the rest of it is still on its way. */
export function UploadPreview({ upload, brief, open, onOpenChange }: UploadPreviewProps) {
  const preview = useFilePreview(upload);
  if (!preview) return null;
  const { format, sample } = preview;
  const name = `${formatWords[format.kind].label}, ${containerWord(format.container)}`;
  return (
    <section aria-label={`First rows of ${upload.file.name}`} className="appear mt-1.5 text-sm">
      <p className="flex items-center gap-2 text-muted">
        <span className="min-w-0 flex-1">
          {`${name}. `}
          <span className={sample.leftOut > 0 ? 'text-warn' : undefined}>{previewLine(preview)}</span>
        </span>
        <Button size="sm" onClick={() => onOpenChange(true)}>
          First rows
        </Button>
      </p>
      {!brief && <Glimpses preview={preview} />}
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        size="lg"
        title={<span className="break-words">{`First rows of ${upload.file.name}`}</span>}
        description={`${name}. ${previewLine(preview)} All others are checked once the file has arrived.`}
      >
        <div className="grid gap-4 pb-1">
          <FormatSample question={preview} format={format} />
        </div>
      </Dialog>
    </section>
  );
}

function Glimpses({ preview: { format, sample } }: { preview: FilePreview }) {
  const [problem] = sample.problems;
  const word = rowWord(!hasRowPerLine(format.container));
  return (
    <>
      <ol className="mt-1.5 grid gap-1.5 border-t pt-1.5">
        {sample.examples.map(glimpse).map(({ question, answer }, example) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a sample never change their order
          <li key={example} className="min-w-0">
            <p className="truncate">{question || <span className="text-faint">no question</span>}</p>
            <p className="truncate text-muted">{answer}</p>
          </li>
        ))}
      </ol>
      {problem && (
        <p className="mt-1.5 line-clamp-2 break-words text-warn">
          {`${word} ${formatCount(problem.line)}: ${problem.message}`}
        </p>
      )}
    </>
  );
}

function useFilePreview({ file, target: { format } }: QueuedUpload): FilePreview | null {
  const [preview, setPreview] = useState<FilePreview | null>(null);
  useEffect(() => {
    let isGone = false;
    // A file that cannot be read here fails in its upload, which says so.
    void previewOf(file, format)
      .catch(() => null)
      .then((found) => !isGone && setPreview(found));
    return () => {
      isGone = true;
    };
  }, [file, format]);
  return preview;
}
