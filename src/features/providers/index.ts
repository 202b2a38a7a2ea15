export { AddConnectionButton } from './ui/add-connection-button';
export { BaseModelsPanel } from './ui/base-models-panel';
export { ConnectionsPanel } from './ui/connections-panel';
