'use client';

import { Database, Sparkles } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FileDropzone } from '@/components/ui/file-dropzone';
import { toast } from '@/components/ui/toast';
import { UPLOAD_EXTENSIONS } from '@/lib/upload-file';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { SAMPLE_NAME, sampleLines } from '../sample-lines';

const EXAMPLE = `{"messages":[
  {"role":"system","content":"Name the team that answers this message."},
  {"role":"user","content":"My invoice shows the wrong amount."},
  {"role":"assistant","content":"{\\"team\\":\\"billing\\"}"}]}`;

interface NoDatasetsProps {
  filtered: boolean;
  onClear: () => void;
  onFiles: (files: File[]) => void;
  onPaste: () => void;
}

export function NoDatasets({ filtered, onClear, onFiles, onPaste }: NoDatasetsProps) {
  const writes = useMay('datasets:write');
  if (filtered) {
    return (
      <EmptyState icon={<Database />} actions={<Button onClick={onClear}>Show every dataset</Button>}>
        No dataset matches this search.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-6 p-6 lg:grid-cols-2">
      <div className="grid content-start gap-3">
        <p className="text-muted">
          A dataset holds the answers a model shall learn to give. Fifty to a hundred good examples are a sensible
          start; each one is a line with a conversation that ends with the answer you want.
        </p>
        {writes && (
          <>
            <FileDropzone
              multiple
              accept={UPLOAD_EXTENSIONS.join(',')}
              onFiles={onFiles}
              hint="JSONL, JSON, CSV or TSV, also gzip or zstd, up to 2 GB"
            />
            <div className="flex flex-wrap gap-2">
              <SampleButton />
              <Button onClick={onPaste}>Paste examples</Button>
            </div>
          </>
        )}
      </div>
      <figure className="min-w-0">
        <figcaption className="mb-1 text-muted text-sm">
          One example, set out over lines here (in the file it is one line):
        </figcaption>
        <pre className="whitespace-pre-wrap break-words rounded-lg border bg-sunken p-3 font-mono text-xs">
          {EXAMPLE}
        </pre>
      </figure>
    </div>
  );
}

function SampleButton() {
  const router = useRouter();
  const utils = trpc.useUtils();
  const create = trpc.datasets.createFromText.useMutation({
    onSuccess: ({ datasetId }) => {
      void utils.datasets.invalidate();
      router.push(`/dashboard/fine-tuning/datasets/${datasetId}`);
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button pending={create.isPending} onClick={() => create.mutate({ text: sampleLines(), name: SAMPLE_NAME })}>
      <Sparkles aria-hidden />
      Try a sample of 24 examples
    </Button>
  );
}
