/** Limits of a living link, ms; a silence of 0 is without limit. */
export interface LinkLimits {
  silenceMs: number;
  pingMs: number;
  pongLimitMs: number;
}

interface WatchedLink {
  ping(): void;
  /** Ends the link; `reason` is a clause for the log. */
  giveUp(reason: string): void;
}

/**
 * Notices that an open link is dead: nothing answers its pings, or no data came for too long although they are answered.
 * While reading is held back nothing can arrive, so the watch rests.
 */
export class LinkWatch {
  private readonly pings: NodeJS.Timeout;
  private pongLimit: NodeJS.Timeout | null = null;
  private silence: NodeJS.Timeout | null = null;
  private isResting = false;

  constructor(
    private readonly link: WatchedLink,
    private readonly limits: LinkLimits,
  ) {
    this.pings = setInterval(() => this.ping(), limits.pingMs);
    this.startSilence();
  }

  /** Data came, blank or not. */
  sawData(): void {
    this.silence?.refresh();
  }

  sawPong(): void {
    this.clearPongLimit();
  }

  rest(): void {
    this.isResting = true;
    this.clearPongLimit();
    this.clearSilence();
  }

  goOn(): void {
    this.isResting = false;
    this.startSilence();
  }

  stop(): void {
    clearInterval(this.pings);
    this.clearPongLimit();
    this.clearSilence();
  }

  private ping(): void {
    if (this.isResting || this.pongLimit !== null) return;
    this.pongLimit = setTimeout(() => this.link.giveUp(`no answer to a ping for ${this.limits.pongLimitMs} ms`), this.limits.pongLimitMs);
    this.link.ping();
  }

  private startSilence(): void {
    this.clearSilence();
    if (this.limits.silenceMs === 0) return;
    this.silence = setTimeout(() => this.link.giveUp(`no data for ${this.limits.silenceMs} ms`), this.limits.silenceMs);
  }

  private clearSilence(): void {
    if (this.silence !== null) clearTimeout(this.silence);
    this.silence = null;
  }

  private clearPongLimit(): void {
    if (this.pongLimit !== null) clearTimeout(this.pongLimit);
    this.pongLimit = null;
  }
}
