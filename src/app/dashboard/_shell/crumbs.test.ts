import { expect, it } from 'vitest';
import { crumbsOf } from './crumbs';

const labels = (pathname: string, name: string | null = null) => crumbsOf(pathname, name).map((crumb) => crumb.label);

it('names the way from the section to the thing that is looked at', () => {
  expect(labels('/dashboard/fine-tuning')).toEqual(['Overview']);
  expect(labels('/dashboard/fine-tuning/jobs')).toEqual(['Fine-tuning', 'Jobs']);
  expect(labels('/dashboard/fine-tuning/jobs/new')).toEqual(['Fine-tuning', 'Jobs', 'New']);
  expect(labels('/dashboard/fine-tuning/jobs/0199-abc', 'support-router-3')).toEqual([
    'Fine-tuning',
    'Jobs',
    'support-router-3',
  ]);
  expect(labels('/dashboard/settings')).toEqual(['Settings']);
});

it('shows an ellipsis, not an id, while the name of a thing is on its way', () => {
  expect(labels('/dashboard/fine-tuning/datasets/0199-abc')).toEqual(['Fine-tuning', 'Datasets', '…']);
});

it('does not take a place for another whose path merely begins alike', () => {
  expect(labels('/dashboard/fine-tuning/jobsx')).toEqual(['Fine-tuning']);
});
