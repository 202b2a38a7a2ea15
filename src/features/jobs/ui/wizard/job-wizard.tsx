'use client';

import { Database } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { type Resolver, useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Form } from '@/components/ui/form';
import { PageHeader } from '@/components/ui/page-header';
import { parseDollars } from '../prepare-money';
import type { LaunchFormValues } from './launch-form';
import { LaunchSummary } from './launch-summary';
import { type LaunchTexts, paramsOf, textsOf } from './launch-texts';
import { useLaunch } from './use-launch';
import { useWizardData } from './use-wizard-data';
import { wizardParams } from './wizard-params';
import { WizardSteps } from './wizard-steps';

/** What the form accepts comes with the first field that is changed, or with the launch: the page is drawn without it. */
const resolver: Resolver<LaunchTexts, unknown, LaunchFormValues> = async (...asked) => {
  const { resolveLaunch } = await import('./launch-form');
  return resolveLaunch(...asked);
};

/** Five decisions on one page, each already taken; the launch is one press away. */
export function JobWizard() {
  const [params, setParams] = useQueryStates(wizardParams);
  const form = useForm({ resolver, defaultValues: textsOf(params), mode: 'onChange' });
  const data = useWizardData(params);
  const plan = data.plan.data;
  const { launch, changes, pending, error } = useLaunch({
    form,
    input: data.input,
    plan,
    refreshPlan: () => data.plan.refetch(),
  });
  const { cap, name } = useWatch({ control: form.control });
  // The address keeps what is typed.
  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => void setParams(paramsOf(values)) }),
    [form, setParams],
  );
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  return (
    <>
      <PageHeader
        title="New job"
        summary={
          params.from
            ? `Same settings as ${params.from}. Change what you like.`
            : 'Everything is chosen already. Change what you like, or launch at once.'
        }
      />
      {data.noData ? (
        <NoData />
      ) : (
        <Form
          onSubmit={(event) => void launch(event)}
          noValidate
          className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
        >
          <div className="grid gap-3">
            {data.error && !plan && (
              <ErrorPanel title="The job could not be planned" error={data.error} onRetry={data.retry} />
            )}
            <WizardSteps data={data} params={params} setParams={setParams} form={form} />
          </div>
          <LaunchSummary
            plan={plan}
            current={ready && data.current}
            name={name ?? ''}
            cap={parseDollars(cap ?? '') ?? null}
            local={data.chosen?.model.connectionKind === 'builtin'}
            {...{ pending, error, changes }}
          />
        </Form>
      )}
    </>
  );
}

function NoData() {
  return (
    <Card flush>
      <EmptyState
        icon={<Database />}
        actions={
          <Button asChild variant="primary">
            <Link href="/dashboard/fine-tuning/datasets">Go to datasets</Link>
          </Button>
        }
      >
        A job learns from a dataset, and none is ready yet. Upload a file or take the sample there, then come back.
      </EmptyState>
    </Card>
  );
}
