import { PipelineError, partsOfFrameId } from '@lts/contracts';
import type { Frame } from '@lts/feed-intake';

/**
 * Lets through those frames of a recording that the competition does not have yet.
 *
 * The watermark must be a frame of the recording, or lie before its first one: otherwise the competition holds
 * other frames than these, and mixing the two would make a race that never was.
 */
export class ResumePoint {
  private state: 'before-first' | 'known-part' | 'new-part';
  private hasSeenWatermark = false;

  /** @param watermark last frame that the API has of the competition; null when it has none */
  constructor(
    private readonly competition: string,
    private readonly watermark: string | null,
  ) {
    this.state = watermark === null ? 'new-part' : 'before-first';
  }

  /**
   * The part of the batch that is new. Batches come in order.
   *
   * @throws PipelineError `LTS_RECORDING_CONFLICT` when the competition holds frames that are not in the recording
   */
  newFrames(frames: readonly Frame[]): readonly Frame[] {
    const { watermark } = this;
    const first = frames[0];
    if (watermark === null || first === undefined) return frames;
    if (this.state === 'before-first') this.state = first.id > watermark ? 'new-part' : 'known-part';
    return this.state === 'new-part' ? frames : this.behindWatermark(frames, watermark);
  }

  private behindWatermark(frames: readonly Frame[], watermark: string): readonly Frame[] {
    const firstNew = frames.findIndex((frame) => frame.id > watermark);
    const lastKnown = firstNew < 0 ? frames.at(-1) : frames[firstNew - 1];
    this.hasSeenWatermark ||= lastKnown?.id === watermark;
    if (firstNew < 0) return [];
    if (!this.hasSeenWatermark) throw this.conflict(watermark);
    this.state = 'new-part';
    return frames.slice(firstNew);
  }

  /**
   * To be called after the last batch.
   *
   * @throws PipelineError `LTS_RECORDING_CONFLICT` when the whole recording lies below frames that are not in it
   */
  end(): void {
    if (this.watermark !== null && this.state === 'known-part' && !this.hasSeenWatermark) throw this.conflict(this.watermark);
  }

  private conflict(watermark: string): PipelineError {
    const until = new Date(partsOfFrameId(watermark).timeMs).toISOString();
    const sentence =
      `Competition "${this.competition}" already holds other or newer frames (the last one of ${until}) than this recording. ` +
      'Replay the recording under another --competition_code.';
    return new PipelineError('LTS_RECORDING_CONFLICT', sentence, { competitionCode: this.competition });
  }
}
