import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { Spinner } from '@/components/ui/spinner';
import { Term } from '@/components/ui/term';
import { formatLoss } from '@/lib/format';
import type { ModelDetail } from '../model.schema';
import { prepareProofRows, prepareScores } from './prepare-proof';
import { ProofExamples } from './proof-examples';
import { ScoreBars } from './score-bars';

/** The first thing about a model: is it better than what it came from, on examples it has never seen. */
export function ModelProofCard({ model }: { model: ModelDetail }) {
  const { proof } = model;
  if (!proof) {
    return (
      <Card title="Proof">
        <EmptyState icon={model.status === 'evaluating' ? <Spinner /> : undefined}>
          {model.status === 'evaluating'
            ? 'Asking base and tuned model the held-out questions. The scores appear here in a moment.'
            : 'Nothing was measured: the dataset version kept no held-out examples aside.'}
        </EmptyState>
      </Card>
    );
  }
  const scores = prepareScores(proof);
  const rows = prepareProofRows(proof);
  return (
    <Card
      title="Proof on held-out examples"
      actions={
        <span className="text-faint text-sm">
          measured <RelativeTime date={new Date(proof.measuredAt)} />
        </span>
      }
      flush
    >
      <div className="grid gap-6 p-4 lg:grid-cols-[1fr_16rem]">
        {scores.length > 0 ? (
          <ScoreBars scores={scores} />
        ) : (
          <p className="text-muted">{proof.failure ?? 'No score could be measured.'}</p>
        )}
        <dl className="grid content-start gap-2 text-sm">
          <Figure
            name={
              <Term explain="Answers equal to the expected one, letter by letter, of examples that were never sent to the provider.">
                Asked
              </Term>
            }
          >
            {proof.examples} examples
          </Figure>
          <Figure
            name={
              <Term explain="How surprised the model is by the validation answers, in nats per token. Lower is better.">
                Validation loss
              </Term>
            }
          >
            {lossOf(proof.base.loss)} → {lossOf(proof.tuned.loss)}
          </Figure>
        </dl>
      </div>
      {proof.failure && scores.length > 0 && <p className="px-4 pb-3 text-sm text-warn">{proof.failure}</p>}
      {rows.length > 0 && (
        <div className="border-t">
          <ProofExamples rows={rows} />
        </div>
      )}
    </Card>
  );
}

const lossOf = (loss: number | null): string => (loss === null ? '–' : formatLoss(loss));

function Figure({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}
