import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ExportRow } from './export.queries';
import { cellsOf, type ExportCells, exportColumns } from './export-columns';

/** A row group is what is held in memory: as many rows as a reader likes to get at once, and no more bytes than this. */
const GROUP_ROWS = 10_000;
const GROUP_BYTES = 8 * 1024 * 1024;

/** Row groups leave one by one, so memory is flat; the footer that names them comes last. */
export async function* writeParquet(batches: AsyncIterable<ExportRow[]>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
    createdBy: 'Tuneloop',
  });
  let group: ExportCells[] = [];
  let bytes = 0;
  const flush = async (): Promise<Uint8Array> => {
    if (group.length > 0) await parquet.write({ columnData: columnsOf(group), rowGroupSize: group.length });
    [group, bytes] = [[], 0];
    return taken(writer);
  };
  for await (const rows of batches) {
    for (const row of rows) {
      group.push(cellsOf(row));
      bytes += row.body.length;
      if (group.length >= GROUP_ROWS || bytes >= GROUP_BYTES) yield await flush();
    }
  }
  yield await flush();
  await parquet.finish();
  yield taken(writer);
}

/** What was written since the last time, in memory of its own. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

const columnsOf = (rows: readonly ExportCells[]): ColumnSource[] =>
  exportColumns.map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: name === 'line' || name === 'tokens' ? 'INT32' : 'STRING',
    nullable: false,
  }));
