export type { Report } from '../../formats/check/check-content';
