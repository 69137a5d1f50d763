import 'reflect-metadata';
import { orExplain } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { ParseEnv } from './parse-cli/env.js';
import { parseFiles } from './parse-cli/parse-files.js';

// whoever reads the output may stop early, as `head` does
process.stdout.on('error', () => process.exit(0));

await orExplain(async () => {
  const { env, positionals } = readEnv(ParseEnv, { takesPositionals: true });
  await parseFiles(positionals, env, { stdout: process.stdout, stderr: process.stderr });
});
