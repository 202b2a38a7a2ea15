import fs from 'node:fs';
import path from 'node:path';
import { readJson, readJsonLines, removeLeftovers, writeJsonAtomically } from '../files/atomic-file';
import type { EventObject, StoredJob } from './job-objects';

interface Entry {
  readonly job: StoredJob;
  readonly events: EventObject[];
  readonly eventIds: Set<string>;
}

/** Jobs on disk, one folder each: `job.json`, `events.jsonl`, and what training writes. All of it is kept in memory too. */
export class JobStore {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    for (const id of fs.readdirSync(folder)) {
      const job = readJson(path.join(folder, id, 'job.json')) as StoredJob | undefined;
      if (!job) continue;
      removeLeftovers(path.join(folder, id));
      const eventsFile = path.join(folder, id, 'events.jsonl');
      const events = readJsonLines(eventsFile) as EventObject[];
      // a crash may have cut the last line: the next one must not be glued to it
      if (events.length > 0) fs.appendFileSync(eventsFile, '\n');
      this.entries.set(id, { job, events, eventIds: new Set(events.map((event) => event.id)) });
    }
  }

  /** The folder of a job. */
  pathOf(id: string, ...names: string[]): string {
    return path.join(this.folder, id, ...names);
  }

  /** Makes the job's folder; the job itself counts from the first {@link save}. */
  prepare(id: string): void {
    fs.mkdirSync(this.pathOf(id), { recursive: true });
  }

  /** Stores the job as it is now. */
  save(job: StoredJob): void {
    const { id } = job.object;
    writeJsonAtomically(this.pathOf(id, 'job.json'), job);
    if (!this.entries.has(id)) this.entries.set(id, { job, events: [], eventIds: new Set() });
  }

  get(id: string): StoredJob | undefined {
    return this.entries.get(id)?.job;
  }

  /** All jobs, newest first. */
  list(): StoredJob[] {
    return [...this.entries.values()].map(({ job }) => job).sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** A job's events, newest first. */
  events(id: string): EventObject[] {
    return (this.entries.get(id)?.events ?? []).toReversed();
  }

  /** Adds an event, unless one with its id is there. */
  addEvent(id: string, event: EventObject): void {
    const entry = this.entries.get(id);
    if (!entry || entry.eventIds.has(event.id)) return;
    fs.appendFileSync(this.pathOf(id, 'events.jsonl'), `${JSON.stringify(event)}\n`);
    entry.events.push(event);
    entry.eventIds.add(event.id);
  }
}
