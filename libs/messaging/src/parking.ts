import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { type PipelineError, parkedTopic } from '@lts/contracts';
import type { Publisher } from './publisher.js';
import type { ReceivedMessage } from './received-message.js';

const MAX_TEXT = 20_000;

/**
 * Sets messages apart that were rejected for good: on `<topic>.parked`, and as lines of `<errors_path>/<topic>.ndjson`.
 * A parked message is never tried again by itself.
 */
export class Parking {
  private readonly logger = new Logger(Parking.name);
  private parked = 0;

  /** @param errorsPath folder for people to look into; null writes none */
  constructor(
    private readonly publisher: Publisher,
    private readonly errorsPath: string | null,
  ) {}

  /** Messages parked since the start. */
  get parkedCount(): number {
    return this.parked;
  }

  async park(message: ReceivedMessage<unknown>, error: PipelineError): Promise<void> {
    const { topic } = message.place;
    const record = { code: error.code, message: error.message, place: message.place, key: message.key, headers: message.headers, value: message.value };
    this.parked += 1;
    this.logger.error({ event: 'parked', competitionCode: message.key, code: error.code, error: error.message, ...message.place });
    this.writeLine(topic, record);
    await this.publisher.publish(parkedTopic(topic), [{ key: message.key, kind: 'parked', value: record }]);
  }

  private writeLine(topic: string, record: object): void {
    if (this.errorsPath === null) return;
    const text = JSON.stringify(record);
    mkdirSync(this.errorsPath, { recursive: true });
    appendFileSync(join(this.errorsPath, `${topic}.ndjson`), `${text.length > MAX_TEXT ? JSON.stringify({ cut: text.slice(0, MAX_TEXT) }) : text}\n`);
  }
}
