import type { Operation } from '@lts/contracts';

/** Collects the operations of one competition's frames; paths are below the competition. */
export class Target {
  readonly operations: Operation[] = [];
  private readonly base: string;
  private actionId = '';
  private currentSession = 0;

  constructor(competition: string) {
    this.base = `/v1/c/~${encodeURIComponent(competition)}/`;
  }

  /** The operations that follow belong to this action. */
  begin(actionId: string, session: number): void {
    this.actionId = actionId;
    this.currentSession = session;
  }

  /** Id of the action whose operations are being collected. */
  get action(): string {
    return this.actionId;
  }

  /** Path of the action's session. */
  get session(): string {
    return `sessions/${key(String(this.currentSession))}`;
  }

  put(path: string, body: Record<string, unknown>): void {
    this.operations.push({ id: this.actionId, method: 'PUT', path: this.base + path, body });
  }

  delete(path: string): void {
    this.operations.push({ id: this.actionId, method: 'DELETE', path: this.base + path, body: {} });
  }
}

/** A natural key as a segment of a path. */
export function key(name: string): string {
  return `~${encodeURIComponent(name)}`;
}

/** A natural key as a field of a body; null for nobody. */
export function reference(name: string | null): string | null {
  return name === null ? null : `~${name}`;
}
