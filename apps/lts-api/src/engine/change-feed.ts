import { Injectable } from '@nestjs/common';
import type { CommittedChange } from './committed-change.js';

/** Tells those who watch a competition what was committed, in order. Listeners must be quick and must not throw. */
@Injectable()
export class ChangeFeed {
  private readonly listeners = new Set<(change: CommittedChange) => void>();

  /** @returns ends the subscription */
  listen(listener: (change: CommittedChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(change: CommittedChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
