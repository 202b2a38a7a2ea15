export { checkExample } from '../../formats/check/check-example';
