#!/usr/bin/env node
// `npm run api-key -- --name NAME [--role ROLE]`: makes a key in the running installation and prints it, once.
import './node-version.mjs';
import { launch } from './launch.mjs';

void launch(() => import('./api-key/command.ts'));
