import { Table, Td, Th } from '@/components/ui/table';
import type { RouterOutputs } from '@/trpc/client';

export function FunctionTable({ functions }: { functions: RouterOutputs['ops']['overview']['functions'] }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>Function</Th>
          <Th className="max-sm:hidden">Starts on</Th>
          <Th numeric>Attempts at most</Th>
        </tr>
      </thead>
      <tbody className="[&_tr:last-child_td]:border-b-0">
        {functions.map((one) => (
          <tr key={one.id}>
            <Td className="font-medium">{one.name}</Td>
            <Td className="max-sm:hidden">
              <code className="font-mono text-muted text-xs">{one.triggers.join(', ')}</code>
            </Td>
            <Td numeric>{one.maxAttempts}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
