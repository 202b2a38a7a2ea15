import type { StoragePort } from '@/integrations/storage/storage-port';
import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { Page } from '@/lib/keyset';
import type { InTransaction, Tx } from '@/lib/transaction';
import type { VersionAnalysis, VersionContents } from '../analysis.schema';
import type { ChangeInput, ChangeMade, ChangePreview } from '../change.schema';
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
  VersionStats,
  versionSources,
} from '../dataset.schema';
import type { DiffInput, DiffRow, DiffRowsInput, VersionDiff } from '../diff.schema';
import type { ExampleRef, ExampleTokens } from '../example-tokens.schema';
import type { ExportChoice, ExportDigest, ExportDigestInput } from '../export.schema';
import type { FirstRows } from '../first-rows.schema';
import type { FormatChoice } from '../formats/format.schema';
import type { LeftOutRow, LeftOutRowInput } from '../left-out.schema';
import type { ScoresInput, VersionScore } from '../score.schema';
import type { Split } from '../split.rules';
import { analyseVersion, countShutOut, readContents, readStats } from './analysis/analyse-version';
import type { AnalysisQueries, ExampleLimit, ShutOut } from './analysis/analysis.queries';
import type { AnalysisRepository } from './analysis/analysis.repository';
import type { ChangeQueries } from './change/change.queries';
import type { ChangeRepository } from './change/change.repository';
import { makeChange } from './change/make-change';
import { previewChange } from './change/preview-change';
import { runChange } from './change/run-change';
import type { DatasetQueries } from './dataset.queries';
import type { DatasetRepository } from './dataset.repository';
import { compareVersions } from './diff/compare-versions';
import type { DiffQueries } from './diff/diff.queries';
import type { ExampleQueries } from './example.queries';
import type { ExportQueries } from './export/export.queries';
import { type ExportedFile, exportVersion } from './export/export-version';
import { readFirstRows } from './first-rows/read-first-rows';
import type { ImportRepository } from './import.repository';
import { readFile } from './left-out/read-file';
import { readLeftOut } from './left-out/read-left-out';
import type { ProblemQueries } from './problem.queries';
import { readScores } from './scores/read-scores';
import type { ScoreQueries } from './scores/score.queries';
import { cancelImport } from './use-cases/cancel-import';
import { deleteDataset } from './use-cases/delete-dataset';
import { createFromLines, importStream, importText } from './use-cases/import-content';
import { importFile } from './use-cases/import-file';
import { getDataset, listDatasets, updateDataset } from './use-cases/manage-datasets';
import { exampleNow, getExample, listExamples } from './use-cases/read-examples';
import { listProblems, readReport } from './use-cases/read-report';
import { readTokens } from './use-cases/read-tokens';
import { claimVersion, readHoldout, readSnapshot, readSplitFile } from './use-cases/read-version';
import { failImport, reconcileImports } from './use-cases/reconcile-imports';
import { runImport } from './use-cases/run-import';
import { validateAgain } from './use-cases/validate-again';
import { watchDataset } from './use-cases/watch-dataset';

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
    input: {
      name?: string;
      fileName: string;
      datasetId?: string;
      /** Left out: found out when the file is read. */
      format?: FormatChoice;
      body: AsyncIterable<Uint8Array>;
    },
  ): Promise<ImportStarted>;
  createFromLines(actor: Actor, input: LinesToImport): Promise<ImportStarted>;
  /** Checks the stored file of a version again, from the start. Only while the version is not used by a job. */
  validate(actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ImportStarted>;
  cancelImport(actor: Actor, ref: { datasetId: string; versionId: string }): Promise<void>;

  /** Of a file whose check may still run, with what is wrong with each by itself. @throws precondition_failed `datasets.file_gone` */
  firstRows(actor: Actor, ref: { datasetId: string; versionId: string }): Promise<FirstRows>;
  report(actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ValidationReport>;
  problems(actor: Actor, input: ProblemListInput): Promise<Page<Problem>>;
  examples(actor: Actor, input: ExampleListInput): Promise<Page<ExampleSummary>>;
  example(actor: Actor, ref: { datasetId: string; id: string }): Promise<ExampleDetail>;
  /** What has become of a row in another version; null when it is not there any more. */
  exampleNow(actor: Actor, ref: { datasetId: string; versionId: string; id: string }): Promise<ExampleDetail | null>;
  exampleTokens(actor: Actor, ref: ExampleRef): Promise<ExampleTokens>;
  /** What became of one version in another; and the rows of one kind of difference, in file order. */
  diff(actor: Actor, input: DiffInput): Promise<VersionDiff>;
  diffRows(actor: Actor, input: DiffRowsInput): Promise<Page<DiffRow>>;
  /** A version as a file, in flat memory: the same bytes every time. */
  exportFile(actor: Actor, datasetId: string, choice: ExportChoice & { checksum?: boolean }): Promise<ExportedFile>;
  /** Size and SHA-256 of that file; read once, then remembered. */
  exportDigest(actor: Actor, input: ExportDigestInput, signal?: AbortSignal): Promise<ExportDigest>;
  /** Rows of the file of a version that its import left out, as a file of the same kind; and one of them. */
  leftOutFile(actor: Actor, ref: { datasetId: string; number: number }): Promise<ExportedFile>;
  leftOutRow(actor: Actor, input: LeftOutRowInput): Promise<LeftOutRow>;
  /** The file of a version as it was uploaded. @throws precondition_failed `datasets.file_gone` */
  file(actor: Actor, ref: { datasetId: string; number: number }): Promise<ExportedFile>;
  /** Figures of any version; null while it has none. */
  stats(actor: Actor, ref: { datasetId: string; versionId: string }): Promise<VersionStats | null>;
  /** Mean score and its distribution, of each ready version, with some signals off or none. */
  scores(actor: Actor, input: ScoresInput): Promise<VersionScore[]>;
  /** What only a look at the rows tells: made when somebody asks first. @throws precondition_failed `datasets.version_not_analysed` */
  analysis(actor: Actor, ref: { datasetId: string; versionId: string }): Promise<VersionAnalysis>;
  /** Yields the dataset now and after each change (import progress, new version, rename), until the signal. */
  watch(actor: Actor, id: string, signal: AbortSignal): AsyncIterable<DatasetDetail>;

  /** @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready` */
  snapshot(workspaceId: string, versionId: string): Promise<VersionSnapshot>;
  /**
   * Keeps a version ready, and its dataset from being deleted or read anew, until the transaction ends.
   * @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready`
   */
  claimVersion(tx: Tx, workspaceId: string, versionId: string): Promise<void>;
  /** The exact training file of one split, as JSONL in file order, in flat memory. Same version, same bytes. */
  splitFile(workspaceId: string, versionId: string, split: Split): AsyncIterable<Buffer>;
  /** What its examples hold that not every provider takes. @throws as `snapshot` */
  contents(workspaceId: string, versionId: string): Promise<VersionContents>;
  /** Examples that each limit shuts out, by split. @throws as `snapshot` */
  shutOut(workspaceId: string, versionId: string, limits: readonly ExampleLimit[]): Promise<ShutOut[]>;
  /** Up to `limit` held-out examples that end with a text answer, the same ones every time. */
  holdout(workspaceId: string, versionId: string, limit: number): Promise<HoldoutExample[]>;

  /** The durable step: reads, checks, counts and stores the file of a version. Safe to repeat; an older attempt stops. */
  runImport(workspaceId: string, versionId: string): Promise<{ status: string; rows: number }>;
  /** What a change would do to a version; nothing is written. */
  previewChange(actor: Actor, input: ChangeInput): Promise<ChangePreview>;
  /**
   * Makes the next version out of the newest one.
   * @throws conflict `datasets.version_outdated`, `datasets.version_under_way`; invalid_input `datasets.change_refused`
   */
  change(actor: Actor, input: ChangeInput): Promise<ChangeMade>;
  /** The durable step of a large change. Safe to repeat; an older attempt stops. */
  runChange(workspaceId: string, versionId: string): Promise<{ status: string; rows: number }>;
  /** The durable run has given up: the version ends as failed and says why. Nothing happens to one that has ended. */
  failImport(workspaceId: string, versionId: string, message: string): Promise<void>;
  /** Imports that should be running and have no live run get their event again. */
  reconcileImports(): Promise<{ restarted: number }>;
  /** Numbers for the overview page. */
  counts(workspaceId: string): Promise<{ datasets: number; importing: number }>;
}

export interface DatasetDeps {
  repo: DatasetRepository;
  queries: DatasetQueries;
  examples: ExampleQueries;
  problems: ProblemQueries;
  diffs: DiffQueries;
  exports: ExportQueries;
  analysis: AnalysisRepository;
  analysisQueries: AnalysisQueries;
  scores: ScoreQueries;
  imports: ImportRepository;
  changes: ChangeRepository;
  changeReads: ChangeQueries;
  storage: Pick<StoragePort, 'read' | 'location' | 'size' | 'write' | 'remove'>;
  outbox(tx: Tx, message: { id: string; name: string; data: Record<string, unknown> }): Promise<void>;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId: string; details?: Record<string, unknown> },
  ): Promise<void>;
  inTransaction: InTransaction;
  /** For work in the background: minutes instead of seconds. */
  inLongTransaction: InTransaction;
  clock: Clock;
}

/** Named collections of training examples: files come in, versions come out, and nothing in a version ever changes. */
export const createDatasetService = (deps: DatasetDeps): DatasetService => ({
  list: listDatasets(deps),
  get: getDataset(deps),
  update: updateDataset(deps),
  delete: deleteDataset(deps),
  importFile: importFile(deps),
  importText: importText(deps),
  importStream: importStream(deps),
  createFromLines: createFromLines(deps),
  validate: validateAgain(deps),
  cancelImport: cancelImport(deps),
  firstRows: readFirstRows(deps),
  report: readReport(deps),
  problems: listProblems(deps),
  examples: listExamples(deps),
  example: getExample(deps),
  exampleNow: exampleNow(deps),
  exampleTokens: readTokens(deps),
  ...compareVersions(deps),
  ...exportVersion(deps),
  ...readLeftOut(deps),
  file: readFile(deps),
  watch: watchDataset(deps),
  stats: readStats(deps),
  scores: readScores(deps),
  analysis: analyseVersion(deps),
  contents: readContents(deps),
  shutOut: countShutOut(deps),
  snapshot: readSnapshot(deps),
  claimVersion: claimVersion(deps),
  splitFile: readSplitFile(deps),
  holdout: readHoldout(deps),
  previewChange: previewChange(deps),
  change: makeChange(deps),
  runImport: runImport(deps),
  runChange: runChange(deps),
  failImport: failImport(deps),
  reconcileImports: reconcileImports(deps),
  counts: deps.queries.counts,
});
