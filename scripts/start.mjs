#!/usr/bin/env node
// `npm start`: everything that must work before any package is there. No dependencies, plain JavaScript.
// What follows (database, build, trainer, web app) is scripts/start/supervisor.ts.
import './node-version.mjs';
import { launch } from './launch.mjs';

void launch(() => import('./start/supervisor.ts'));
