// Makes one API key in the database of DATABASE_URL and prints it as JSON. A process of its own, because server code
// loads only under Node's condition `react-server` (see command.ts).
import { createWorkspaceService, workspaceQueries, workspaceRepository } from '../../src/features/workspaces/server';
import { apiKeyCreateInput } from '../../src/features/workspaces/workspace.schema';
import { systemActor } from '../../src/lib/actor';
import { systemClock } from '../../src/lib/clock';
import { closeDatabase, database, inTransaction } from '../../src/platform/db/database';
import { closePool } from '../../src/platform/db/pool';

const [name, role, slug] = process.argv.slice(2);

try {
  const workspace = await database().workspace.findFirst({
    where: slug ? { slug } : {},
    orderBy: { createdAt: 'asc' },
  });
  if (!workspace) throw new Error(slug ? `There is no workspace "${slug}".` : 'There is no workspace yet.');
  const workspaces = createWorkspaceService({
    repo: workspaceRepository,
    queries: workspaceQueries,
    inTransaction,
    clock: systemClock,
  });
  const input = apiKeyCreateInput.parse({ name, role });
  const { key } = await workspaces.createApiKey(systemActor(workspace.id), input);
  process.stdout.write(JSON.stringify({ key, name: input.name, role: input.role, workspace: workspace.name }));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closePool();
  await closeDatabase();
}
