'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { AgentDetail } from '../agent.schema';

const shape = z.object({
  name: z.string().trim().min(1, 'Give the agent a name.').max(80, 'At most 80 characters.'),
  description: z.string().trim().max(500, 'At most 500 characters.'),
  keepConversations: z.boolean(),
});

export function AgentSettings({ agent }: { agent: AgentDetail }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: zodResolver(shape),
    values: { name: agent.name, description: agent.description ?? '', keepConversations: agent.keepConversations },
  });
  const { errors, isDirty } = form.formState;
  const update = trpc.agents.update.useMutation({
    onSuccess: (next) => {
      utils.agents.get.setData({ id: agent.id }, next);
      void utils.agents.list.invalidate();
      toast.success('Saved');
    },
    onError: (error) => form.setError('root', { message: error.message }),
  });
  const remove = trpc.agents.delete.useMutation();

  async function confirmDelete() {
    await remove.mutateAsync({ id: agent.id });
    toast.success(`${agent.name} was deleted`);
    await utils.agents.list.invalidate();
    router.push('/dashboard/fine-tuning/agents');
  }

  return (
    <div className="grid gap-4">
      <Card title="Agent">
        <Form
          className="grid max-w-xl gap-4"
          onSubmit={(event) => void form.handleSubmit((change) => update.mutate({ id: agent.id, ...change }))(event)}
        >
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} />}
          </Field>
          <Field label="Description" note="optional" error={errors.description?.message}>
            {(control) => <Input {...control} {...form.register('description')} />}
          </Field>
          <Controller
            control={form.control}
            name="keepConversations"
            render={({ field }) => (
              <Switch
                checked={field.value}
                onCheckedChange={field.onChange}
                label="Keep what was said. Without it only tokens, cost and latency are kept."
              />
            )}
          />
          {errors.root && (
            <p role="alert" className="text-bad text-sm">
              {errors.root.message}
            </p>
          )}
          <div>
            <Button type="submit" variant="primary" pending={update.isPending} disabled={!isDirty}>
              Save
            </Button>
          </div>
        </Form>
      </Card>
      <Card title="Delete this agent">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">Callers of “{agent.slug}” get an error from the next call on.</p>
          <ConfirmDialog
            title={`Delete ${agent.name}?`}
            confirmLabel="Delete agent"
            onConfirm={confirmDelete}
            trigger={<Button variant="danger">Delete agent…</Button>}
          >
            <p>
              Whoever calls “{agent.slug}” gets an error at once. Its releases and conversations disappear from here;
              the models stay.
            </p>
          </ConfirmDialog>
        </div>
      </Card>
    </div>
  );
}
