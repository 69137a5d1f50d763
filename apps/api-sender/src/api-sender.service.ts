import { Inject, Injectable, Logger } from '@nestjs/common';
import { ApiRejection, LtsApiClient } from '@lts/api-client';
import { StageHealth } from '@lts/bootstrap';
import { type BatchAnswer, type BatchRequest, type InitOutcome, type Operation, PipelineError, type StandardMessage, notificationMessage, stampMs } from '@lts/contracts';
import { type ReceivedMessage, TRANSPORT, type Transport } from '@lts/messaging';
import type { Initialize } from '@lts/race-actions';
import { CompetitionMaker } from './competition-maker.js';
import { ApiSenderEnv } from './env.js';
import { operationsOf } from './operations/mappers.js';

const MOST_LOGGED_REJECTIONS = 3;

/** What the API answers to a batch of a competition that it does not know; it may have other reasons, too. */
const STATUS_OF_UNKNOWN = 400;

/** Figures since the start. */
export interface ApiSenderCounts {
  /** Operations that the API has applied, and those it had already. */
  operations: number;
  skipped: number;
  frames: number;
  /** Operations rejected; frames that were parked are counted by the transport. */
  rejected: number;
}

/** A frame with the operations it leads to. */
interface MappedFrame {
  message: ReceivedMessage<StandardMessage>;
  operations: Operation[];
}

/**
 * Applies actions through the REST API.
 *
 * Guarantees: a batch never splits a frame; what the API has already is not applied again, so that several instances, or
 * one that comes back, do no harm; every `initialize` ends in an `init-finished`.
 */
@Injectable()
export class ApiSenderService {
  private readonly logger = new Logger(ApiSenderService.name);
  private readonly maker: CompetitionMaker;
  private readonly figures: ApiSenderCounts = { operations: 0, skipped: 0, frames: 0, rejected: 0 };

  constructor(
    @Inject(ApiSenderEnv) private readonly env: ApiSenderEnv,
    @Inject(TRANSPORT) private readonly transport: Transport,
    @Inject(LtsApiClient) private readonly api: LtsApiClient,
    @Inject(StageHealth) health: StageHealth,
  ) {
    this.maker = new CompetitionMaker(api);
    health.add('sender', () => ({ ready: true, ...this.figures }));
    health.count('lts_operations_total', () => this.figures.operations);
    health.count('lts_rejected_total', () => this.figures.rejected);
  }

  /** Figures since the start. */
  counts(): Readonly<ApiSenderCounts> {
    return this.figures;
  }

  /** @throws PipelineError retriable ones: API or broker away, a competition that nobody has made yet */
  async send(messages: readonly ReceivedMessage<StandardMessage>[]): Promise<void> {
    const competitions = new Map<string, ReceivedMessage<StandardMessage>[]>();
    for (const message of messages) {
      const own = competitions.get(message.key);
      if (own === undefined) competitions.set(message.key, [message]);
      else own.push(message);
    }
    for (const [competition, own] of competitions) {
      for (const batch of this.batches(competition, rising(own))) await this.apply(competition, batch);
    }
  }

  private *batches(competition: string, messages: readonly ReceivedMessage<StandardMessage>[]): Generator<MappedFrame[]> {
    let batch: MappedFrame[] = [];
    let operations = 0;
    for (const message of messages) {
      const mapped = { message, operations: operationsOf(competition, message.value.data) };
      batch.push(mapped);
      operations += mapped.operations.length;
      if (operations < this.env.batchOperations) continue;
      yield batch;
      batch = [];
      operations = 0;
    }
    if (batch.length > 0) yield batch;
  }

  /** A batch refused as a whole is halved until the frame at fault stands alone; that one is set apart. */
  private async apply(competition: string, frames: readonly MappedFrame[]): Promise<void> {
    const refusal = await this.post(competition, frames);
    if (refusal === null) {
      for (const { message } of frames) await this.announce(message, null);
      return;
    }
    const [first] = frames;
    if (frames.length === 1 && first !== undefined) {
      await this.transport.parking.park(first.message, refusal);
      await this.announce(first.message, 'parked');
      return;
    }
    const half = Math.ceil(frames.length / 2);
    await this.apply(competition, frames.slice(0, half));
    await this.apply(competition, frames.slice(half));
  }

  /** @returns why the API refuses the whole batch for good, null when it took it */
  private async post(competition: string, frames: readonly MappedFrame[]): Promise<ApiRejection | null> {
    const request = batchOf(competition, frames);
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.count(competition, await this.api.batch(request), frames.length);
        return null;
      } catch (error) {
        if (!(error instanceof ApiRejection)) throw error;
        if (attempt > 1 || error.status !== STATUS_OF_UNKNOWN) return error;
        // if it exists now, somebody has made it since, and the batch may pass
        if ((await this.api.competition(competition)) === null) await this.makeUnknown(competition, frames);
      }
    }
  }

  private async makeUnknown(competition: string, frames: readonly MappedFrame[]): Promise<void> {
    if (!this.env.autoCreateCompetition) {
      const text = `The REST API has no competition "${competition}". Make it (POST /v1/c), or start the api-sender with --auto_create_competition true; its actions wait.`;
      throw new PipelineError('LTS_COMPETITION_UNKNOWN', text, { competitionCode: competition });
    }
    const page = frames.map(({ message }) => initializeOf(message)).find((found) => found !== null);
    await this.maker.make(competition, page?.track ?? null);
  }

  private count(competition: string, answer: BatchAnswer, frames: number): void {
    this.figures.frames += frames;
    this.figures.operations += answer.applied;
    this.figures.skipped += answer.skipped;
    this.figures.rejected += answer.rejected.length;
    for (const { id, status_code: status, message } of answer.rejected.slice(0, MOST_LOGGED_REJECTIONS)) {
      this.logger.warn({ event: 'operation-rejected', competitionCode: competition, action: id, status, error: message, inBatch: answer.rejected.length });
    }
  }

  private async announce(message: ReceivedMessage<StandardMessage>, failed: 'parked' | null): Promise<void> {
    const page = initializeOf(message);
    if (page === null) return;
    const { id, source } = message.value;
    const outcome: InitOutcome = failed ?? (page.participants.length > 0 ? 'stored' : 'empty');
    const value = notificationMessage({
      id: `${id}:init-finished`,
      competitionCode: message.key,
      source,
      atMs: stampMs(message.value),
      data: { type: 'init-finished', data: { init_id: id, outcome } },
    });
    await this.transport.publisher.publish(this.env.kafkaNotifications, [{ key: message.key, kind: 'notification', value }]);
  }
}

function batchOf(competition: string, frames: readonly MappedFrame[]): BatchRequest {
  const frameOf = (mapped: MappedFrame | undefined): string => mapped?.message.value.data.frame ?? '';
  return { competition, writer: 'api-sender', from: frameOf(frames[0]), to: frameOf(frames.at(-1)), operations: frames.flatMap(({ operations }) => operations) };
}

/**
 * The frames that stand above all before them. The parser tells the last frames again when it goes on after a crash; where
 * such a repeat comes together with what it repeats, the API's watermark cannot know it yet.
 */
function rising(messages: readonly ReceivedMessage<StandardMessage>[]): ReceivedMessage<StandardMessage>[] {
  let highest = '';
  return messages.filter(({ value }) => {
    if (value.data.frame <= highest) return false;
    highest = value.data.frame;
    return true;
  });
}

function initializeOf({ value }: ReceivedMessage<StandardMessage>): Initialize | null {
  for (const action of value.data.actions) if (action.type === 'initialize') return action.data;
  return null;
}
