import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { type PipelineError, classify, parkedTopic } from '@lts/contracts';
import type { Publisher } from './publisher.js';
import type { ReceivedMessage } from './received-message.js';

/** Most characters of a rejected message in a line of the file for people. */
const MAX_LINE = 20_000;

/** Most characters of a rejected message in its record on the parked topic; larger ones would be refused by a broker. */
const MAX_RECORD = 200_000;

/**
 * Sets messages apart that were rejected for good: on `<topic>.parked`, and as lines of `<errors_path>/<topic>.ndjson`.
 * A parked message is never tried again by itself.
 *
 * A record is `{code, message, place, key, headers, value}`; of a value that is too large only the beginning of its text is kept, as `cut`.
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

  /**
   * Resolves when the message is on the parked topic; waits while the broker is away.
   * A record that cannot be written for another reason is only logged, since one bad message must not stop the race.
   *
   * @throws PipelineError a retriable one, mostly `LTS_STOPPING`: the message then comes again after the restart
   */
  async park(message: ReceivedMessage<unknown>, error: PipelineError): Promise<void> {
    const { topic } = message.place;
    const about = { code: error.code, message: error.message, place: message.place, key: message.key, headers: message.headers };
    this.logger.error({ event: 'parked', competitionCode: message.key, code: error.code, error: error.message, ...message.place });
    try {
      await this.publisher.publish(parkedTopic(topic), [{ key: message.key, kind: 'parked', value: { ...about, ...shortened(message.value, MAX_RECORD) } }]);
    } catch (thrown) {
      const fault = classify(thrown);
      if (fault.retriable) throw fault;
      this.logger.error({ event: 'parked-record-lost', competitionCode: message.key, code: fault.code, error: fault.message, ...message.place });
    }
    this.parked += 1;
    this.writeLine(topic, JSON.stringify({ ...about, ...shortened(message.value, MAX_LINE) }));
  }

  private writeLine(topic: string, line: string): void {
    if (this.errorsPath === null) return;
    try {
      mkdirSync(this.errorsPath, { recursive: true });
      appendFileSync(join(this.errorsPath, `${topic}.ndjson`), `${line}\n`);
    } catch (thrown) {
      this.logger.error({ event: 'errors-path-unwritable', path: this.errorsPath, error: classify(thrown).message });
    }
  }
}

function shortened(value: unknown, maxCharacters: number): { value: unknown } | { cut: string } {
  const text = JSON.stringify({ value });
  return text.length <= maxCharacters ? { value } : { cut: text.slice('{"value":'.length, maxCharacters) };
}
