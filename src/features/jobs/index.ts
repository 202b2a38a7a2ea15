export { JobCompare } from './ui/compare/job-compare';
export { FitPanel } from './ui/fit/fit-panel';
export { jobListQuery, loadJobFilters } from './ui/list/job-filters';
export { JobList } from './ui/list/job-list';
export { JobMonitor } from './ui/monitor/job-monitor';
export { eventsQuery, metricsQuery } from './ui/monitor/monitor-queries';
export { chooseBaseModel, planInputOf } from './ui/wizard/choose-defaults';
export { JobWizard } from './ui/wizard/job-wizard';
export { datasetChoices, loadWizardParams } from './ui/wizard/wizard-params';
