import { expect, it } from 'vitest';
import { readArguments } from './arguments.mjs';

it('reads what the Prisma CLI writes', () => {
  const datasource = { url: 'postgresql://h/a', shadowDatabaseUrl: 'postgresql://h/b' };
  const words = ['--datamodels', 'a.prisma', '--datamodels', 'b.prisma', '--datasource', JSON.stringify(datasource)];
  expect(readArguments(words)).toEqual({
    datamodels: ['a.prisma', 'b.prisma'],
    datasource,
    command: null,
    version: false,
  });
});

it('takes the command after "cli", wherever its options stand', () => {
  const words = ['cli', '--datasource', '{"url":"postgresql://h/a"}', 'create-database'];
  expect(readArguments(words)).toMatchObject({ command: 'create-database', datasource: { url: 'postgresql://h/a' } });
  expect(readArguments(['--enabled-preview-features', 'cli', '--version'])).toMatchObject({
    command: null,
    version: true,
  });
});
