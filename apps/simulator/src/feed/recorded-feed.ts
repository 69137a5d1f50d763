import { readRecordingBatches, recordingFiles } from '@lts/recordings';
import type { Feed, FeedFrame, FeedPage } from './feed.js';

/**
 * A recording as a feed. A client that joins late gets the last page that was sent as it stood then, not what has changed
 * since: only the page is kept, so that memory stays bounded.
 */
export class RecordedFeed implements Feed {
  private lastPage: string | null = null;

  private constructor(private readonly path: string) {}

  /** @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is nothing of that name */
  static async open(path: string): Promise<RecordedFeed> {
    await recordingFiles(path);
    return new RecordedFeed(path);
  }

  async *frames(): AsyncGenerator<FeedFrame> {
    let atMs = 0;
    for await (const batch of readRecordingBatches(this.path)) {
      for (const frame of batch) {
        atMs = frame.receivedAtMs ?? atMs;
        yield { atMs, text: frame.text };
        if (isPage(frame.text)) this.lastPage = frame.text;
      }
    }
  }

  page(): FeedPage | null {
    return this.lastPage === null ? null : { text: this.lastPage, holdsTaken: false };
  }

  history(): string {
    return 'error';
  }
}

function isPage(text: string): boolean {
  return text.startsWith('init|') || text.includes('\ninit|');
}
