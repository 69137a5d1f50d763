import { Logger } from '@nestjs/common';

/** State of one connection in words, for health; each change is logged once, however often it is reported. */
export class ConnectionState {
  private readonly logger = new Logger('Kafka');
  private current = 'connecting';
  private isGood = false;

  /** @param who what stands in the log, e.g. `{ group: 'parser' }` */
  constructor(private readonly who: Record<string, string>) {}

  get words(): string {
    return this.current;
  }

  get ready(): boolean {
    return this.isGood;
  }

  /** It works, in this way (`running`). */
  good(words: string): void {
    if (!this.isGood || this.current !== words) this.logger.log({ event: 'kafka', ...this.who, state: words });
    this.isGood = true;
    this.current = words;
  }

  /** It stands still for this reason; `error` is for the log only. */
  bad(words: string, error?: string): void {
    if (this.isGood || this.current !== words) this.logger.warn({ event: 'kafka', ...this.who, state: words, ...(error === undefined ? {} : { error }) });
    this.isGood = false;
    this.current = words;
  }

  /** It stands still in the ordinary course of things (`rebalancing`, `stopped`). */
  quiet(words: string): void {
    this.isGood = false;
    this.current = words;
  }
}
