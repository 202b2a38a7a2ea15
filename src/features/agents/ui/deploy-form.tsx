'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { Input } from '@/components/ui/input';
import { agentSlug } from '../agent.schema';

const shape = z.object({ slug: agentSlug });

interface DeployFormProps {
  onDeploy: (slug: string) => Promise<unknown>;
  onClose: () => void;
}

/** Names a new agent for a model. */
export function DeployForm({ onDeploy, onClose }: DeployFormProps) {
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { slug: '' } });
  const submit = form.handleSubmit(async ({ slug }) => {
    await onDeploy(slug);
    onClose();
  });
  return (
    <Form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Field
        label="Slug"
        hint="Callers write it as the model of their request. It stays the same when the model behind it changes."
        error={form.formState.errors.slug?.message}
      >
        {(control) => <Input {...control} {...form.register('slug')} placeholder="support-router" autoFocus />}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Make agent and deploy
        </Button>
      </div>
    </Form>
  );
}
