import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type {
  DatasetDetail,
  DatasetListInput,
  DatasetSummary,
  DatasetUpdateInput,
  ExampleDetail,
  ExampleListInput,
  ExampleSummary,
  ImportFileInput,
  ImportStarted,
  ImportTextInput,
  Problem,
  ProblemListInput,
  ValidationReport,
  versionSources,
} from '../dataset.schema';
import type { Split } from '../split.rules';

/** What a job needs to know about the version it trains on. Token counts are exact. */
export interface VersionSnapshot {
  versionId: string;
  datasetId: string;
  datasetName: string;
  number: number;
  status: string;
  rows: number;
  trainRows: number;
  validationRows: number;
  holdoutRows: number;
  trainTokens: number;
  trainableTokens: number;
  maxExampleTokens: number;
}

export interface LinesToImport {
  /** Next version of this dataset; left out = a new dataset called `name`. */
  datasetId?: string;
  name?: string;
  source: (typeof versionSources)[number];
  sourceLabel?: string;
  /** One JSON object each, without line ends. */
  lines: AsyncIterable<string>;
}

/** One held-out example as an evaluation asks it: everything before the last answer, and that answer. */
export interface HoldoutExample {
  id: string;
  messages: { role: string; content: string }[];
  expected: string;
}

export interface DatasetService {
  list(actor: Actor, input: DatasetListInput): Promise<Page<DatasetSummary>>;
  get(actor: Actor, id: string): Promise<DatasetDetail>;
  update(actor: Actor, input: DatasetUpdateInput): Promise<DatasetDetail>;
  /** @throws conflict `datasets.in_use` while a job or model came from one of its versions; says which */
  delete(actor: Actor, id: string): Promise<void>;

  /** Starts checking an uploaded file. @throws invalid_input `datasets.file_refused`; not_found `storage.not_found` */
  importFile(actor: Actor, input: ImportFileInput & { source?: 'upload' | 'api' }): Promise<ImportStarted>;
  importText(actor: Actor, input: ImportTextInput): Promise<ImportStarted>;
  /** Streams the body of a request into the storage and starts checking it. */
  importStream(
    actor: Actor,
    input: { name?: string; fileName: string; datasetId?: string; body: AsyncIterable<Uint8Array> },
  ): Promise<ImportStarted>;
  createFromLines(actor: Actor, input: LinesToImport): Promise<ImportStarted>;
  /** Checks the stored file of a version again, from the start. Only while the version is not used by a job. */
  validate(actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ImportStarted>;
  cancelImport(actor: Actor, ref: { datasetId: string; versionId: string }): Promise<void>;

  report(actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ValidationReport>;
  problems(actor: Actor, input: ProblemListInput): Promise<Page<Problem>>;
  examples(actor: Actor, input: ExampleListInput): Promise<Page<ExampleSummary>>;
  example(actor: Actor, ref: { datasetId: string; id: string }): Promise<ExampleDetail>;
  /** Yields the dataset now and after each change (import progress, new version, rename), until the signal. */
  watch(actor: Actor, id: string, signal: AbortSignal): AsyncIterable<DatasetDetail>;

  /** @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready` */
  snapshot(workspaceId: string, versionId: string): Promise<VersionSnapshot>;
  /** The exact training file of one split, as JSONL in file order, in flat memory. Same version, same bytes. */
  splitFile(workspaceId: string, versionId: string, split: Split): AsyncIterable<Buffer>;
  /** Up to `limit` held-out examples that end with a text answer, the same ones every time. */
  holdout(workspaceId: string, versionId: string, limit: number): Promise<HoldoutExample[]>;

  /** The durable step: reads, checks, counts and stores the file of a version. Safe to repeat; an older attempt stops. */
  runImport(workspaceId: string, versionId: string): Promise<{ status: string; rows: number }>;
  /** Imports that should be running and have no live run get their event again. */
  reconcileImports(): Promise<{ restarted: number }>;
  /** Numbers for the overview page. */
  counts(workspaceId: string): Promise<{ datasets: number; importing: number }>;
}
