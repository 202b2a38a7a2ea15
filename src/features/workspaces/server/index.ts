import 'server-only';

export { hashPassword, makePassword } from './password';
export { workspaceQueries } from './workspace.queries';
export { workspaceRepository } from './workspace.repository';
export { createWorkspaceRouter } from './workspace.router';
export { createWorkspaceService, type WorkspaceService } from './workspace.service';
