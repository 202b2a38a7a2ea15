import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { birthOf, isAlive, isOrphanedGroup, signal, stopProcess } from '../processes';
import { ExpectedError } from './say';

interface Mark {
  pid: number;
  birth: string | null;
}

interface RunState extends Mark {
  url: string | null;
  children: Record<string, Mark>;
}

const markOf = (pid: number): Mark => ({ pid, birth: birthOf(pid) });
const stillRuns = (mark: Mark): boolean =>
  isAlive(mark.pid) && (mark.birth === null || birthOf(mark.pid) === mark.birth);

function read(file: string): RunState | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunState;
  } catch {
    return null;
  }
}

/** .data/run.json: who runs this data folder, where it answers, and which processes belong to it. */
export class RunFile {
  private constructor(
    private readonly file: string,
    private readonly state: RunState,
  ) {}

  /**
   * Claims the data folder, and stops what a killed run left behind (its web app and trainer; Postgres is adopted later).
   *
   * @throws ExpectedError when another start is alive on it
   */
  static async claim(dataDir: string): Promise<RunFile> {
    const file = path.join(dataDir, 'run.json');
    const old = read(file);
    if (old && old.pid !== process.pid && stillRuns(old)) {
      throw new ExpectedError(
        `Tuneloop already runs on ${dataDir}${old.url ? ` at ${old.url}` : ''}. Stop it first (kill ${old.pid}), or set TUNELOOP_DATA_DIR to another folder.`,
      );
    }
    // The leader of a group may have died while what it started (Next's own child, a training job) lives on.
    const leftovers = Object.values(old?.children ?? {}).filter((mark) => stillRuns(mark) || isOrphanedGroup(mark.pid));
    await Promise.all(
      leftovers.map(async ({ pid }) => {
        await stopProcess(pid, [
          ['SIGTERM', 2500],
          ['SIGKILL', 1000],
        ]);
        signal(pid, 'SIGKILL', { group: true });
      }),
    );
    const run = new RunFile(file, { ...markOf(process.pid), url: null, children: {} });
    run.save();
    return run;
  }

  setUrl(url: string): void {
    this.state.url = url;
    this.save();
  }

  setChild(name: string, pid: number): void {
    this.state.children[name] = markOf(pid);
    this.save();
  }

  release(): void {
    if (read(this.file)?.pid === process.pid) rmSync(this.file, { force: true });
  }

  private save(): void {
    const partial = `${this.file}.${process.pid}`;
    writeFileSync(partial, `${JSON.stringify(this.state, null, 2)}\n`, { mode: 0o600 });
    renameSync(partial, this.file);
  }
}

/** Address of the app that runs on a data folder, or null. */
export function runningUrl(dataDir: string): string | null {
  const state = read(path.join(dataDir, 'run.json'));
  return state && stillRuns(state) ? state.url : null;
}
