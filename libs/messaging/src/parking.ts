import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { type PipelineError, classify, parkedTopic } from '@lts/contracts';
import { PARKED_KIND, type ParkedContent, type ParkedRecord, parkedRecordFields } from './parked-record.js';
import type { Publisher } from './publisher.js';
import type { ReceivedMessage } from './received-message.js';

/** Most characters of a rejected message in a line of the file for people. */
const MAX_LINE = 20_000;

/** Most characters of a message in its record on the parked topic when the broker refuses it whole. */
const MAX_CUT = 200_000;

/**
 * Sets messages apart that were rejected for good: on `<topic>.parked`, and as lines of `<errors_path>/<topic>.ndjson`.
 * A parked message is never tried again by itself.
 *
 * A record is `{at, code, message, place, key, headers, value}`; of a value that no broker takes in a record, or that is too
 * large for a line, only the beginning of its text is kept, as `cut`.
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
    const { key, headers, place, value } = message;
    const record = { at: new Date().toISOString(), code: error.code, message: error.message, place, key, headers };
    this.logger.error({ event: 'parked', competitionCode: key, code: error.code, error: error.message, ...place });
    const refused = await this.publish({ ...record, content: whole(value) });
    const lost = refused === null ? null : await this.publish({ ...record, content: shortened(value, MAX_CUT) });
    if (lost !== null) this.logger.error({ event: 'parked-record-lost', competitionCode: key, code: lost.code, error: lost.message, ...place });
    this.parked += 1;
    this.writeLine(place.topic, JSON.stringify(parkedRecordFields({ ...record, content: shortened(value, MAX_LINE) })));
  }

  /** @returns why the record cannot be written, null when it is */
  private async publish(record: ParkedRecord): Promise<PipelineError | null> {
    try {
      await this.publisher.publish(parkedTopic(record.place.topic), [{ key: record.key, kind: PARKED_KIND, value: parkedRecordFields(record) }]);
      return null;
    } catch (thrown) {
      const fault = classify(thrown);
      if (fault.retriable) throw fault;
      return fault;
    }
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

function whole(value: unknown): ParkedContent {
  return { kind: 'whole', value };
}

function shortened(value: unknown, maxCharacters: number): ParkedContent {
  const text = JSON.stringify({ value });
  return text.length <= maxCharacters ? whole(value) : { kind: 'cut', beginning: text.slice('{"value":'.length, maxCharacters) };
}
