'use client';

import { DatabaseZap } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { AgentDetail } from '../../agent.schema';

const NEW = 'new';

interface ImportDialogProps {
  agent: AgentDetail;
  filter: { agentId: string; rating: 'any' | 'up' | 'down' | 'rated'; search?: string };
  filtered: boolean;
  disabled: boolean;
}

/** Makes the filtered conversations a new dataset, or the next version of one. */
export function ImportDialog({ agent, filter, filtered, disabled }: ImportDialogProps) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const [target, setTarget] = useState<string>(NEW);
  const [name, setName] = useState(`${agent.name} conversations`);
  const datasets = trpc.datasets.list.useQuery({ limit: 100 }, { enabled: open }).data?.items ?? [];
  const start = trpc.agents.importConversations.useMutation({
    onSuccess: async (made) => {
      await utils.datasets.list.invalidate();
      toast.success(
        made.conversations === 1
          ? '1 conversation is being imported'
          : `${made.conversations} conversations are being imported`,
      );
      router.push(`/dashboard/fine-tuning/datasets/${made.datasetId}`);
    },
  });
  const options = [
    { value: NEW, label: 'A new dataset' },
    ...datasets.map((dataset) => ({ value: dataset.id, label: dataset.name, hint: `next: v${dataset.versions + 1}` })),
  ];
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Import from conversations"
      description={
        filtered
          ? 'Takes the answered conversations that match the filter. Each becomes one training example.'
          : 'Takes every answered conversation. Each becomes one training example; filter the list first to take fewer.'
      }
      trigger={
        <Button disabled={disabled}>
          <DatabaseZap /> Import from conversations
        </Button>
      }
    >
      <Form
        className="grid gap-4"
        onSubmit={() =>
          start.mutate({ ...filter, ...(target === NEW ? { name: name.trim() } : { datasetId: target }) })
        }
      >
        <Field label="Into">
          {(control) => <Select {...control} options={options} value={target} onValueChange={setTarget} />}
        </Field>
        {target === NEW && (
          <Field label="Name">
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
        )}
        {start.error && (
          <p role="alert" className="text-bad text-sm">
            {start.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            pending={start.isPending}
            disabled={target === NEW && name.trim() === ''}
          >
            Import
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
