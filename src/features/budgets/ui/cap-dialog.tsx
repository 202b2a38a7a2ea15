'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Select } from '@/components/ui/select';
import { showServerErrors } from '@/components/ui/server-errors';
import { trpc } from '@/trpc/client';
import { type Budget, type BudgetCreateInput, breachActions, budgetCreateInput } from '../budget.schema';
import { breachWords } from './cap-words';
import { ScopeFields } from './scope-fields';

export type CapForm = z.input<typeof budgetCreateInput>;

const periods = [
  { value: 'month', label: 'Each month', hint: 'Begins anew on the first, UTC' },
  { value: 'total', label: 'In all', hint: 'Never begins anew' },
] as const;

const breaches = breachActions.map((value) => ({ value, ...breachWords[value] }));

interface CapDialogProps {
  /** Null = a new one. What a cap covers is fixed once it exists. */
  budget: Budget | null;
  onClose: () => void;
}

export function CapDialog({ budget, onClose }: CapDialogProps) {
  const utils = trpc.useUtils();
  const form = useForm<CapForm, unknown, BudgetCreateInput>({
    resolver: zodResolver(budgetCreateInput),
    defaultValues: budget ?? { name: '', scope: 'workspace', scopeId: null, period: 'month', onBreach: 'block' },
  });
  const options = {
    onSuccess: async () => {
      onClose();
      await utils.budgets.summary.invalidate();
    },
    onError: (error: { message: string; data?: { fields?: Record<string, string> | null } | null | undefined }) =>
      showServerErrors(error, form.setError),
  };
  const create = trpc.budgets.create.useMutation(options);
  const update = trpc.budgets.update.useMutation(options);
  const { errors } = form.formState;

  const send = form.handleSubmit(({ name, limit, period, onBreach, scope, scopeId }) => {
    if (budget) update.mutate({ id: budget.id, name, limit, period, onBreach });
    else create.mutate({ name, limit, period, onBreach, scope, scopeId });
  });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={budget ? `Edit ${budget.name}` : 'Add cap'}
      footer={
        <Button variant="primary" type="submit" form="cap" pending={create.isPending || update.isPending}>
          {budget ? 'Save' : 'Add cap'}
        </Button>
      }
    >
      <Form id="cap" noValidate className="flex flex-col gap-4" onSubmit={(event) => void send(event)}>
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" placeholder="Monthly cap" />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Limit"
            error={
              errors.limit &&
              (errors.limit.type === 'custom' ? errors.limit.message : 'Write an amount in dollars, like 200.')
            }
          >
            {(control) => (
              <Controller
                control={form.control}
                name="limit"
                render={({ field }) => <MoneyInput {...control} value={field.value} onChange={field.onChange} />}
              />
            )}
          </Field>
          <Field label="Period">
            {(control) => (
              <Controller
                control={form.control}
                name="period"
                render={({ field }) => (
                  <Select {...control} options={periods} value={field.value} onValueChange={field.onChange} />
                )}
              />
            )}
          </Field>
        </div>
        {!budget && <ScopeFields form={form} />}
        <Field label="When it is reached">
          {(control) => (
            <Controller
              control={form.control}
              name="onBreach"
              render={({ field }) => (
                <Select {...control} options={breaches} value={field.value} onValueChange={field.onChange} />
              )}
            />
          )}
        </Field>
        <FormFailure message={errors.root?.message} />
      </Form>
    </Dialog>
  );
}
