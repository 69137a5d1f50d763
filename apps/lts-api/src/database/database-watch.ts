import type { Database } from './connection.js';

const PAUSE_MS = 1_000;
/** An answer that takes longer is none. */
const LIMIT_MS = 5_000;

/** Asks the database again and again whether it answers. */
export class DatabaseWatch {
  private answers = true;
  private isAsking = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly database: Database) {
    this.timer = setInterval(() => void this.ask(), PAUSE_MS).unref();
  }

  /** For the stage's health: ready only when the last question was answered. */
  report(): { ready: boolean; kind: string } {
    return { ready: this.answers, kind: this.database.kind };
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    // what hangs is given up, so that the next question can find the database back again
    const late = setTimeout(() => this.found(false), LIMIT_MS).unref();
    await this.database.check().then(
      () => this.found(true),
      () => this.found(false),
    );
    clearTimeout(late);
  }

  private found(answers: boolean): void {
    this.answers = answers;
    this.isAsking = false;
  }
}
