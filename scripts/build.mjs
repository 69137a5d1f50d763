import { ensureBuilt } from './ensure-built.mjs';

/** Builds everything that is missing or stale, and nothing else. */
ensureBuilt();
