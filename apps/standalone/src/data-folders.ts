import { join } from 'node:path';

/** Where the parts of one data folder stand. */
export interface DataFolders {
  root: string;
  database: string;
  recordings: string;
  spool: string;
  errors: string;
  unknowns: string;
  keys: string;
}

export function dataFolders(root: string): DataFolders {
  return {
    root,
    database: join(root, 'database'),
    recordings: join(root, 'recordings'),
    spool: join(root, 'spool'),
    errors: join(root, 'errors'),
    unknowns: join(root, 'unknowns'),
    keys: join(root, 'api-keys.json'),
  };
}
