#!/usr/bin/env node
// `npm run demo`: the whole loop through the public doors, in a terminal. `npm run demo -- --help` for the options.
import './node-version.mjs';
import { launch } from './launch.mjs';

void launch(() => import('./demo/demo.ts'));
