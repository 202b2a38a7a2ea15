'use client';

import { Controller, type UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import { type BudgetCreateInput, budgetScopes } from '../budget.schema';
import type { CapForm } from './cap-dialog';
import { scopeWords } from './cap-words';

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const scopes = budgetScopes.map((value) => ({ value, label: capitalised(scopeWords[value]) }));

/** What a cap covers: everything, or one provider or agent, which is then chosen by name. */
export function ScopeFields({ form }: { form: UseFormReturn<CapForm, unknown, BudgetCreateInput> }) {
  const scope = form.watch('scope');
  const connections = trpc.providers.list.useQuery(undefined, { enabled: scope === 'connection' });
  const agents = trpc.agents.list.useQuery({ limit: 200 }, { enabled: scope === 'agent' });
  const things =
    scope === 'agent'
      ? (agents.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
      : (connections.data ?? []).map((one) => ({ value: one.id, label: one.label }));
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Covers">
        {(control) => (
          <Controller
            control={form.control}
            name="scope"
            render={({ field }) => (
              <Select
                {...control}
                options={scopes}
                value={field.value}
                onValueChange={(next) => {
                  field.onChange(next);
                  form.setValue('scopeId', null);
                }}
              />
            )}
          />
        )}
      </Field>
      {scope !== 'workspace' && (
        <Field label={scope === 'agent' ? 'Agent' : 'Provider'} error={form.formState.errors.scopeId?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="scopeId"
              render={({ field }) => (
                <Select {...control} options={things} value={field.value ?? undefined} onValueChange={field.onChange} />
              )}
            />
          )}
        </Field>
      )}
    </div>
  );
}
