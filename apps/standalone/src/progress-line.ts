import type { WriteStream } from 'node:tty';
import type { ReplayProgress } from '@lts/manual-listener';

const EVERY_MS = 500;

/** One line on a terminal that tells how far a replay is; nothing where stderr is no terminal. */
export class ProgressLine {
  private constructor(
    private readonly out: Pick<WriteStream, 'write'>,
    private readonly timer: NodeJS.Timeout | null,
  ) {}

  static on(out: Pick<WriteStream, 'write' | 'isTTY'>, progress: () => Readonly<ReplayProgress>): ProgressLine {
    if (!out.isTTY) return new ProgressLine(out, null);
    return new ProgressLine(out, setInterval(() => out.write(`\r${progressText(progress(), Date.now())}\u001b[K`), EVERY_MS));
  }

  end(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.out.write('\r\u001b[K');
  }
}

/** How far a replay is, and how fast. */
export function progressText({ frames, lines, startedAtMs }: Readonly<ReplayProgress>, nowMs: number): string {
  const seconds = startedAtMs === 0 ? 0 : (nowMs - startedAtMs) / 1000;
  const rate = seconds > 0 ? Math.round(lines / seconds) : 0;
  return `${frames.toLocaleString('en')} frames, ${lines.toLocaleString('en')} lines, ${rate.toLocaleString('en')} lines a second`;
}
