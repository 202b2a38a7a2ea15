'use client';

import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFailure } from '@/components/ui/form-failure';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { MoneyInput } from '@/components/ui/money-input';
import { Select } from '@/components/ui/select';
import type { Money } from '@/lib/money';
import { trpc } from '@/trpc/client';
import type { Price, PriceUnit } from '../budget.schema';
import { priceUnits } from '../budget-words.rules';
import { spokenUnits, unitWords } from './price-words';

/** Opens the dialog for one price, or (null) for a model that has none yet. */
export function SetPriceButton({ price }: { price: Price | null }) {
  const [open, setOpen] = useState(false);
  const trigger = price ? (
    <IconButton
      size="sm"
      label={`Own price for ${price.model}, ${unitWords[price.unit]}`}
      onClick={() => setOpen(true)}
    >
      <Pencil />
    </IconButton>
  ) : (
    <Button size="sm" onClick={() => setOpen(true)}>
      Add price
    </Button>
  );
  return (
    <>
      {trigger}
      {open && <SetPriceDialog price={price} onClose={() => setOpen(false)} />}
    </>
  );
}

const units = priceUnits.map((value) => ({ value, label: unitWords[value] }));

function SetPriceDialog({ price, onClose }: { price: Price | null; onClose: () => void }) {
  const utils = trpc.useUtils();
  const [provider, setProvider] = useState(price?.provider ?? 'openai_compatible');
  const [model, setModel] = useState(price?.model ?? '');
  const [unit, setUnit] = useState<PriceUnit>(price?.unit ?? 'training_token');
  const [amount, setAmount] = useState<Money | null>(price && price.nanoUsdPerUnit * spokenUnits(price.unit));
  const [source, setSource] = useState(price?.own ? price.source : '');
  const set = trpc.budgets.setPrice.useMutation({
    onSuccess: async () => {
      onClose();
      await utils.budgets.prices.invalidate();
    },
  });
  const fields = set.error?.data?.fields ?? {};

  function submit() {
    if (amount !== null) {
      // Rounded up: an estimate may promise too much cost, never too little.
      const perUnit = (amount + spokenUnits(unit) - 1n) / spokenUnits(unit);
      set.mutate({ provider, model, unit, nanoUsdPerUnit: perUnit, source });
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={price ? `Own price for ${price.model}` : 'Add price'}
      description="It wins over the curated one in this workspace, in every estimate from now on."
      footer={
        <>
          {price?.own && (
            <Button pending={set.isPending} onClick={() => set.mutate({ provider, model, unit, nanoUsdPerUnit: null })}>
              Remove own price
            </Button>
          )}
          <Button variant="primary" type="submit" form="price" pending={set.isPending} disabled={amount === null}>
            Set price
          </Button>
        </>
      }
    >
      <Form id="price" onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Provider" error={fields.provider}>
            {(control) => (
              <Input
                {...control}
                value={provider}
                onChange={(event) => setProvider(event.target.value)}
                disabled={price !== null}
              />
            )}
          </Field>
          <Field label="Model" error={fields.model}>
            {(control) => (
              <Input
                {...control}
                value={model}
                onChange={(event) => setModel(event.target.value)}
                disabled={price !== null}
                required
              />
            )}
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="For">
            {(control) => (
              <Select {...control} options={units} value={unit} onValueChange={setUnit} disabled={price !== null} />
            )}
          </Field>
          <Field label="Price" error={fields.nanoUsdPerUnit}>
            {(control) => <MoneyInput {...control} value={amount} onChange={setAmount} />}
          </Field>
        </div>
        <Field label="Source" note="optional" hint="Where you read it: an address, a contract." error={fields.source}>
          {(control) => <Input {...control} value={source} onChange={(event) => setSource(event.target.value)} />}
        </Field>
        <FormFailure message={Object.keys(fields).length === 0 ? set.error?.message : undefined} />
      </Form>
    </Dialog>
  );
}
