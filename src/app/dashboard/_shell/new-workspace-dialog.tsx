'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { trpc } from '@/trpc/client';

interface NewWorkspaceDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (id: string) => void;
}

export function NewWorkspaceDialog({ open, onOpenChange, onCreated }: NewWorkspaceDialogProps) {
  const [name, setName] = useState('');
  const create = trpc.workspaces.create.useMutation({ onSuccess: (made) => onCreated(made.id) });

  return (
    <Dialog
      title="New workspace"
      description="Datasets, jobs, models, agents, keys and budgets of one workspace are invisible in every other."
      size="sm"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <Button variant="primary" type="submit" form="new-workspace" pending={create.isPending || create.isSuccess}>
          Create workspace
        </Button>
      }
    >
      <Form id="new-workspace" onSubmit={() => create.mutate({ name })}>
        <Field label="Name" error={create.error?.data?.fields?.name ?? create.error?.message}>
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={80}
              required
            />
          )}
        </Field>
      </Form>
    </Dialog>
  );
}
