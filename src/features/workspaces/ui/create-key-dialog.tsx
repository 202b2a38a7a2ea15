'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { showServerErrors } from '@/components/ui/server-errors';
import { trpc } from '@/trpc/client';
import { type ApiKeyCreated, apiKeyCreateInput } from '../workspace.schema';
import { RoleSelect } from './role-select';
import { ShownOnce } from './shown-once';

export function CreateKeyDialog() {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<ApiKeyCreated | null>(null);

  function change(next: boolean) {
    setOpen(next);
    setMade(null);
  }

  return (
    <Dialog
      title={made ? `Key “${made.name}”` : 'New API key'}
      size="sm"
      open={open}
      onOpenChange={change}
      trigger={
        <Button size="sm" variant="primary">
          New API key
        </Button>
      }
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button variant="primary" type="submit" form="create-key">
            Create key
          </Button>
        )
      }
    >
      {made ? (
        <ShownOnce value={made.key} label="Key">
          Send it as <code className="font-mono">Authorization: Bearer …</code>, or give it to an OpenAI SDK as its API
          key.
        </ShownOnce>
      ) : (
        <CreateKeyForm onMade={setMade} />
      )}
    </Dialog>
  );
}

function CreateKeyForm({ onMade }: { onMade: (key: ApiKeyCreated) => void }) {
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(apiKeyCreateInput),
    defaultValues: { name: '', role: 'member' as const },
  });
  const create = trpc.workspaces.createApiKey.useMutation({
    onSuccess: async (key) => {
      onMade(key);
      await utils.workspaces.apiKeys.invalidate();
    },
    onError: (error) => showServerErrors(error, form.setError),
  });
  const { errors } = form.formState;
  return (
    <form
      id="create-key"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => !create.isPending && create.mutate(values))(event)}
    >
      <Field label="Name" hint="What will use it, e.g. “billing service”." error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <Field label="May do what this role may" error={errors.role?.message}>
        {(control) => (
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <RoleSelect {...control} value={field.value ?? 'member'} onValueChange={field.onChange} />
            )}
          />
        )}
      </Field>
      <FormFailure message={errors.root?.message} />
    </form>
  );
}
