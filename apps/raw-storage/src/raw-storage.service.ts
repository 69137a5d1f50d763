import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { PipelineError, type RawMessage, stampMs } from '@lts/contracts';
import type { ReceivedMessage } from '@lts/messaging';
import type { OwnFrame } from '@lts/recordings';
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

  constructor(@Inject(RawStorageEnv) env: RawStorageEnv, @Inject(StageHealth) health: StageHealth) {
    this.recordings = new OpenRecordings(env.maxOpenRecordings, { outputPath: env.outputPath, rotateBytes: env.rotateMb * 1024 * 1024, compress: env.compress });
    health.add('recordings', () => ({ ready: true, open: this.recordings.count, frames: this.frames }));
    health.count('lts_frames_total', () => this.frames);
  }

  /** @throws PipelineError `LTS_RECORDING_UNWRITABLE` (retriable) while the disk refuses */
  async store(messages: readonly ReceivedMessage<RawMessage>[]): Promise<void> {
    for (const [competition, frames] of byCompetition(messages)) {
      try {
        await this.recordings.with(competition, (writer) => writer.append(frames));
      } catch (error) {
        await this.recordings.reopen(competition);
        const reason = error instanceof Error ? error.message : String(error);
        throw new PipelineError('LTS_RECORDING_UNWRITABLE', `The recording cannot be written: ${reason}. Free space, or correct --output_path.`, { competitionCode: competition, cause: error });
      }
    }
    this.frames += messages.length;
  }

  onApplicationShutdown(): Promise<void> {
    return this.recordings.closeAll();
  }
}

function byCompetition(messages: readonly ReceivedMessage<RawMessage>[]): Map<string, OwnFrame[]> {
  const frames = new Map<string, OwnFrame[]>();
  for (const { value, key } of messages) {
    const frame: OwnFrame = { id: value.id, receivedAtMs: stampMs(value), competition: key, source: value.source, text: value.data };
    const known = frames.get(key);
    if (known === undefined) frames.set(key, [frame]);
    else known.push(frame);
  }
  return frames;
}
