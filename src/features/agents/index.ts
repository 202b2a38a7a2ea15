export { AgentList } from './ui/agent-list';
export { AgentPage } from './ui/agent-page';
export { DeployButton } from './ui/deploy-button';
