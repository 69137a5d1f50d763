import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { PipelineError, type RawMessage, isFrameId, stampMs } from '@lts/contracts';
import type { ReceivedMessage } from '@lts/messaging';
import { type OwnFrame, isStamp } from '@lts/recordings';
import { RawStorageEnv } from './env.js';
import { OpenRecordings } from './open-recordings.js';

/**
 * Writes every frame to the recording of its competition.
 *
 * Guarantees: `store` resolves when the frames are on disk; frames that come again are dropped; order is kept.
 */
@Injectable()
export class RawStorageService implements OnApplicationShutdown {
  private readonly recordings: OpenRecordings;
  private frames = 0;
  private repeats = 0;

  constructor(@Inject(RawStorageEnv) env: RawStorageEnv, @Inject(StageHealth) health: StageHealth) {
    this.recordings = new OpenRecordings(env.maxOpenRecordings, { outputPath: env.outputPath, rotateBytes: env.rotateMb * 1024 * 1024, compress: env.compress });
    health.add('recordings', () => ({ ready: true, ...this.state() }));
    health.count('lts_frames_total', () => this.frames);
    health.count('lts_repeats_total', () => this.repeats);
  }

  /**
   * @throws PipelineError `LTS_RECORDING_UNWRITABLE` (retriable) while the disk refuses,
   * `LTS_MESSAGE_INVALID` for an id or a stamp that would make the recording unreadable; nothing has been written then
   */
  async store(messages: readonly ReceivedMessage<RawMessage>[]): Promise<void> {
    for (const [competition, frames] of byCompetition(messages)) {
      try {
        const written = await this.recordings.with(competition, (writer) => writer.append(frames));
        this.frames += written;
        this.repeats += frames.length - written;
      } catch (error) {
        await this.recordings.reopen(competition);
        const reason = error instanceof Error ? error.message : String(error);
        throw new PipelineError('LTS_RECORDING_UNWRITABLE', `The recording cannot be written: ${reason}. Free space, or correct --output_path.`, { competitionCode: competition, cause: error });
      }
    }
  }

  /** Recordings that are open, frames written and repeats dropped since the start. */
  state(): { open: number; frames: number; repeats: number } {
    return { open: this.recordings.count, frames: this.frames, repeats: this.repeats };
  }

  onApplicationShutdown(): Promise<void> {
    return this.recordings.closeAll();
  }
}

function byCompetition(messages: readonly ReceivedMessage<RawMessage>[]): Map<string, OwnFrame[]> {
  const frames = new Map<string, OwnFrame[]>();
  for (const { value, key } of messages) {
    const frame = frameOf(value, key);
    const known = frames.get(key);
    if (known === undefined) frames.set(key, [frame]);
    else known.push(frame);
  }
  return frames;
}

function frameOf(message: RawMessage, competition: string): OwnFrame {
  const receivedAtMs = stampMs(message);
  if (!isFrameId(message.id)) throw invalid(`Its id "${message.id.slice(0, 40)}" is no frame id.`, competition);
  if (!isStamp(receivedAtMs)) throw invalid(`Its created_at ${message.created_at} is no time in Unix seconds.`, competition);
  return { id: message.id, receivedAtMs, competition, source: message.source, text: message.data };
}

function invalid(reason: string, competitionCode: string): PipelineError {
  return new PipelineError('LTS_MESSAGE_INVALID', `The frame cannot be recorded. ${reason}`, { competitionCode });
}
