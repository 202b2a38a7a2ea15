#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which is a download an offline machine cannot make. The Prisma CLI starts
// this file (PRISMA_SCHEMA_ENGINE_BINARY, set in prisma.config.ts) and speaks to it over stdio; the work is done by
// Prisma's own WebAssembly build of the same engine. The file has to stay executable (mode 0755).
import { readArguments } from './schema-engine/arguments.mjs';
import { runCommand } from './schema-engine/commands.mjs';
import { serveRpc } from './schema-engine/rpc.mjs';

const request = readArguments(process.argv.slice(2));
if (request.version) console.log('schema-engine-cli (WebAssembly)');
else if (request.command) process.exitCode = await runCommand(request.command, request.datasource);
else await serveRpc(request);
