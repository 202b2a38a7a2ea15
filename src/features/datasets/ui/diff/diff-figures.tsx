import { Fragment, type ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { MoneyText } from '@/components/ui/money-text';
import { Table, Td, Th } from '@/components/ui/table';
import { Term } from '@/components/ui/term';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';
import type { VersionDiff } from '../../diff.schema';
import { type BothScores, differenceText, figureGroups, figureText } from './prepare-diff';
import { type PriceRow, priceRows } from './price-rows';

/** Both versions in figures, and what that makes of the price. */
export function DiffFigures({ diff, scores }: { diff: VersionDiff; scores: BothScores }) {
  const prices = usePrices(diff.from.id, diff.to.id);
  const groups = figureGroups(diff.figures, scores);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Figures diff={diff} label="Rows and quality of both versions" groups={groups.slice(0, 2)}>
        {prices.length > 0 && <Prices rows={prices} />}
      </Figures>
      <Figures diff={diff} label="Tokens of both versions" groups={groups.slice(2)} />
    </div>
  );
}

interface FiguresProps {
  diff: VersionDiff;
  label: string;
  groups: ReturnType<typeof figureGroups>;
  children?: ReactNode;
}

function Figures({ diff: { from, to }, label, groups, children }: FiguresProps) {
  return (
    <Card flush>
      <Table aria-label={label}>
        <thead>
          <tr>
            <Th>
              <span className="sr-only">Figure</span>
            </Th>
            <Th numeric>v{from.number}</Th>
            <Th numeric>v{to.number}</Th>
            <Th numeric>Difference</Th>
          </tr>
        </thead>
        <tbody className="last:[&>tr:last-child>*]:border-b-0">
          {groups.map(({ title, rows }) => (
            <Fragment key={title}>
              <GroupRow title={title} />
              {rows.map(({ name, before, after, digits }) => (
                <tr key={name}>
                  <FigureName>{name}</FigureName>
                  <Td numeric>{before === null ? '–' : figureText(before, digits)}</Td>
                  <Td numeric>{after === null ? '–' : figureText(after, digits)}</Td>
                  <Td numeric>
                    <Difference text={differenceText(before, after, digits)} />
                  </Td>
                </tr>
              ))}
            </Fragment>
          ))}
          {children}
        </tbody>
      </Table>
    </Card>
  );
}

/** Lines of one figure stand close; only groups are parted. */
function FigureName({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className="h-8 border-b py-1 pr-3 pl-4 font-normal">
      {children}
    </th>
  );
}

function GroupRow({ title, explain }: { title: string; explain?: string }) {
  return (
    <tr>
      <th scope="colgroup" colSpan={4} className="h-8 border-b bg-sunken px-4 font-medium text-muted">
        {explain ? <Term explain={explain}>{title}</Term> : title}
      </th>
    </tr>
  );
}

function Difference({ text }: { text: string }) {
  return <span className={text === 'same' || text === '–' ? 'text-faint' : 'font-medium'}>{text}</span>;
}

const SHOWN_PRICES = 5;

function Prices({ rows }: { rows: readonly PriceRow[] }) {
  return (
    <>
      <GroupRow title="Price of one training" explain="As expected with the usual settings of each base model." />
      {rows.slice(0, SHOWN_PRICES).map(({ id, name, before, after }) => (
        <tr key={id}>
          <FigureName>{name}</FigureName>
          <Td numeric>
            <MoneyText amount={before} />
          </Td>
          <Td numeric>
            <MoneyText amount={after} />
          </Td>
          <Td numeric>
            <Difference text={moneyDifference(before, after)} />
          </Td>
        </tr>
      ))}
    </>
  );
}

const moneyDifference = (before: bigint, after: bigint): string =>
  before === after ? 'same' : after > before ? `+${formatMoney(after - before)}` : `−${formatMoney(before - after)}`;

/** Prices come when they are there: the rest of the comparison waits for nothing. */
function usePrices(fromId: string, toId: string): PriceRow[] {
  const before = trpc.jobs.fit.useQuery({ versionId: fromId });
  const after = trpc.jobs.fit.useQuery({ versionId: toId });
  const lines = (data: typeof before.data) =>
    (data?.lines ?? []).map(({ estimate, ...line }) => ({ ...line, cost: estimate.expected }));
  return priceRows(lines(before.data), lines(after.data));
}
