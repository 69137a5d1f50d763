import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StandaloneEnv } from './env.js';

/** The two keys of the REST API that standalone needs. */
export interface ApiKeys {
  admin: string;
  batch: string;
}

/** Keys from the settings; else those kept in the file, which only its owner can read; else new ones, kept from now on. */
export function apiKeys(path: string, env: Pick<StandaloneEnv, 'apiAdminKey' | 'apiBatchKey'>): ApiKeys {
  const kept = keptKeys(path);
  const keys = { admin: env.apiAdminKey ?? kept?.admin ?? newKey(), batch: env.apiBatchKey ?? kept?.batch ?? newKey() };
  if (kept === null) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
  }
  return keys;
}

function keptKeys(path: string): ApiKeys | null {
  if (!existsSync(path)) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isKeys(value) ? value : null;
  } catch {
    return null;
  }
}

function isKeys(value: unknown): value is ApiKeys {
  return typeof value === 'object' && value !== null && 'admin' in value && typeof value.admin === 'string' && 'batch' in value && typeof value.batch === 'string';
}

function newKey(): string {
  return randomBytes(24).toString('base64url');
}
