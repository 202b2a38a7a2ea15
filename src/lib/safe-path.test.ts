import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it.each([
  ['/dashboard/fine-tuning/jobs?status=active', '/dashboard/fine-tuning/jobs?status=active'],
  ['/a#b', '/a#b'],
])('keeps a path of this site: %s', (wanted, kept) => {
  expect(safePath(wanted, '/home')).toBe(kept);
});

it.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example/x',
  'javascript:alert(1)',
  'dashboard',
  '/..//evil.example',
  '/./\\evil.example',
  '',
  'http://',
])('sends %j home', (wanted) => {
  expect(safePath(wanted, '/home')).toBe('/home');
});
