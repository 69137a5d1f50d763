import { RecordingWriter, type RecordingWriterOptions } from '@lts/recordings';

/** The recordings being written, at most `limit`; beyond it the one longest unused is closed. */
export class OpenRecordings {
  private readonly writers = new Map<string, Promise<RecordingWriter>>();
  private readonly busy = new Map<string, number>();

  constructor(
    private readonly limit: number,
    private readonly options: Omit<RecordingWriterOptions, 'competition'>,
  ) {}

  get count(): number {
    return this.writers.size;
  }

  /** Calls `use` with the competition's recording; it stays open at least until that ends. */
  async with<Result>(competition: string, use: (writer: RecordingWriter) => Promise<Result>): Promise<Result> {
    this.busy.set(competition, (this.busy.get(competition) ?? 0) + 1);
    try {
      return await use(await this.opened(competition));
    } finally {
      this.busy.set(competition, (this.busy.get(competition) ?? 1) - 1);
      if (this.busy.get(competition) === 0) this.busy.delete(competition);
      await this.closeSurplus();
    }
  }

  /** Closes all; the next use opens anew. */
  async closeAll(): Promise<void> {
    const writers = [...this.writers.values()];
    this.writers.clear();
    for (const writer of writers) await (await writer).close();
  }

  /** Forgets a recording whose file failed, so that the next use looks at the disk again. */
  async reopen(competition: string): Promise<void> {
    const writer = this.writers.get(competition);
    this.writers.delete(competition);
    await writer?.then((open) => open.close()).catch(() => undefined);
  }

  private opened(competition: string): Promise<RecordingWriter> {
    const opened = this.writers.get(competition) ?? RecordingWriter.open({ ...this.options, competition });
    this.writers.delete(competition);
    this.writers.set(competition, opened);
    return opened;
  }

  private async closeSurplus(): Promise<void> {
    for (const [competition, writer] of this.writers) {
      if (this.writers.size <= this.limit) return;
      if (this.busy.has(competition)) continue;
      this.writers.delete(competition);
      await (await writer).close();
    }
  }
}
