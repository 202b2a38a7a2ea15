import type { DatasetChange } from '../../change.schema';
import { rowName } from '../../left-out.rules';

/** A change in a few words, for lists of versions; what it did to how many rows stands beside it. */
export function changeWords(change: DatasetChange): string {
  switch (change.kind) {
    case 'edit':
      return 'Row edited';
    case 'add':
      return change.line === undefined
        ? 'Row added'
        : `${rowName({ line: change.line, element: change.element })} set right and added`;
    case 'duplicate':
      return 'Rows duplicated';
    case 'delete':
    case 'deleteMatching':
      return 'Rows deleted';
    case 'move':
    case 'moveMatching':
      return `Rows moved to ${change.split}`;
    case 'replaceSystemPrompt':
      return change.text === '' ? 'System prompt removed' : 'System prompt replaced';
    case 'trim':
      return 'White space trimmed';
    case 'redact':
      return 'Personal data redacted';
    case 'fix':
      return `Fixed: ${change.code.replaceAll('_', ' ')}`;
    case 'resplit':
      return 'Split anew';
    case 'goBack':
      return `Back to version ${change.number}`;
  }
}
