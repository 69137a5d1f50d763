import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, root } from './ensure-built.mjs';

/** `npm test`: unit tests of every project and the embedded end-to-end tests, with nothing but Node. */
ensureBuilt();
const options = ['--no-warnings', '--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')];
const result = spawnSync(process.execPath, [...options, '--config', 'jest.config.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(result.status ?? 1);
