'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { KeyValues } from '@/components/ui/key-values';
import { showServerErrors } from '@/components/ui/server-errors';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { type WorkspaceSummary, workspaceRenameInput } from '../workspace.schema';

export function WorkspacePanel() {
  const { data: me } = trpc.workspaces.me.useQuery();
  const manages = useMay('workspace:manage');
  const workspace = me?.workspaces.find((one) => one.id === me.workspaceId);
  if (!workspace) return null;
  return (
    <Card title="Workspace" className="max-w-xl">
      {manages && <RenameForm key={workspace.id} workspace={workspace} />}
      <KeyValues
        className="mt-4"
        items={[
          ['Name', manages ? null : workspace.name],
          [
            'Id',
            <span key="id" className="flex items-center gap-1">
              <code className="truncate font-mono text-xs">{workspace.id}</code>
              <CopyButton value={workspace.id} label="Copy workspace id" />
            </span>,
          ],
          ['Your role', workspace.role],
        ]}
      />
    </Card>
  );
}

function RenameForm({ workspace }: { workspace: WorkspaceSummary }) {
  const utils = trpc.useUtils();
  const form = useForm({ resolver: zodResolver(workspaceRenameInput), defaultValues: { name: workspace.name } });
  const rename = trpc.workspaces.rename.useMutation({
    onSuccess: async (renamed) => {
      form.reset({ name: renamed.name });
      toast.success(`The workspace is called ${renamed.name} now.`);
      await utils.workspaces.me.invalidate();
    },
    onError: (error) => showServerErrors(error, form.setError),
  });
  const { errors, isDirty } = form.formState;
  return (
    <Form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => void form.handleSubmit((values) => rename.mutate(values))(event)}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <FormFailure message={errors.root?.message} />
      <div>
        <Button type="submit" pending={rename.isPending} disabled={!isDirty}>
          Rename
        </Button>
      </div>
    </Form>
  );
}
