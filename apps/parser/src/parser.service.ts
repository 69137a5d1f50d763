import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { LtsApiClient } from '@lts/api-client';
import { PipelineError, type RawMessage, classify } from '@lts/contracts';
import { InitLockService } from '@lts/init-lock';
import { type ReceivedMessage, TRANSPORT, type Transport } from '@lts/messaging';
import { type ArrivedFrame, CompetitionParser } from './competition-parser.js';
import { PARSER_PARTS, type ParserParts } from './parser-parts.js';
import { eachRecorded, unfinishedCompetitions } from './recorded-past.js';
import { StateTopic, arrivedFrame } from './state-topic.js';
import { type UnknownEntry, UnknownLines } from './unknown-lines.js';

const TRY_AGAIN_MS = 1_000;

/** Time that the states may take to be stored at the end, ms. */
const STORE_LIMIT_MS = 1_500;

/** Figures since the start. */
export interface ParserCounts {
  /** Frames folded, lines of theirs that are not blank, and actions published. */
  frames: number;
  lines: number;
  actions: number;
  /** Frames that had been folded before. */
  skipped: number;
  /** Lines that no rule knows. */
  unknown: number;
  /** Frames set apart. */
  parked: number;
}

type Arrived = ArrivedFrame & { message?: ReceivedMessage<RawMessage> };

/**
 * Folds the frames of each competition and publishes what follows from them.
 *
 * Guarantees: `parse` resolves when the topic has every record; a frame that comes again changes nothing; after an
 * `initialize` the competition's later frames wait until it is stored.
 */
@Injectable()
export class ParserService implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(ParserService.name);
  private readonly unknownLines: UnknownLines;
  /** Null where the recordings are the past. */
  private readonly states: StateTopic | null;
  private readonly parsers = new Map<string, Promise<CompetitionParser>>();
  /** Those of `parsers` that are ready, in order of use; at most `max_competitions` but for those with records to publish. */
  private readonly ready = new Map<string, CompetitionParser>();
  private readonly toRefresh = new Set<string>();
  /** Folds whose competition went to another instance; they end where they next look. */
  private readonly left = new WeakSet<CompetitionParser>();
  private readonly figures: ParserCounts = { frames: 0, lines: 0, actions: 0, skipped: 0, unknown: 0, parked: 0 };
  private stopping = false;
  private catchingUp: Promise<void> = Promise.resolve();

  constructor(
    @Inject(PARSER_PARTS) private readonly parts: ParserParts,
    @Inject(TRANSPORT) private readonly transport: Transport,
    @Inject(InitLockService) private readonly lock: InitLockService,
    @Inject(LtsApiClient) private readonly api: LtsApiClient,
  ) {
    const { env, providers } = parts;
    this.unknownLines = new UnknownLines(env.unknownsPath, env.unknownsMaxMb);
    const { past } = transport;
    this.states = past === null ? null : new StateTopic({ transport, past, topic: env.kafkaState, group: env.kafkaGroup, providers });
    transport.onPartitionLost((topic, partition) => this.forgetPartition(topic, partition));
  }

  /** Figures since the start. */
  get counts(): Readonly<ParserCounts> {
    return this.figures;
  }

  /** Competitions in memory. */
  get competitionCount(): number {
    return this.parsers.size;
  }

  /** Those in memory whose fold began in the middle, without their past. */
  get partialCompetitions(): string[] {
    return [...this.ready.values()].filter(({ partial }) => partial).map(({ competition }) => competition);
  }

  /** Resolves when everything that was recorded, but not stored, before this process started has been published. */
  get caughtUp(): Promise<void> {
    return this.catchingUp;
  }

  onApplicationBootstrap(): void {
    this.catchingUp = this.catchUp();
  }

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** The consumers have ended: nothing is folded any more. */
  async onApplicationShutdown(): Promise<void> {
    const stored = this.states?.storeAll(this.ready.values());
    await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, STORE_LIMIT_MS).unref())]);
  }

  /** @throws PipelineError retriable ones, while the API or the broker is away */
  async parse(messages: readonly ReceivedMessage<RawMessage>[]): Promise<void> {
    const competitions = new Map<string, Arrived[]>();
    for (const message of messages) {
      const frames = competitions.get(message.key) ?? [];
      competitions.set(message.key, frames);
      frames.push({ ...arrivedFrame(message), message });
    }
    for (const [competition, frames] of competitions) await this.fold(await this.parserOf(competition, frames[0] ?? null), frames);
  }

  /** What a person has set for the competition is asked for again before its next frames. */
  refreshLater(competition: string): void {
    if (this.parsers.has(competition)) this.toRefresh.add(competition);
  }

  private async fold(parser: CompetitionParser, frames: readonly Arrived[]): Promise<void> {
    const unknown: UnknownEntry[] = [];
    try {
      await this.settle(parser);
      if (this.toRefresh.delete(parser.competition)) await this.refresh(parser);
      let isPage = false;
      for (const frame of frames) {
        await this.foldOne(parser, frame, unknown);
        isPage ||= parser.pendingInit !== null;
        if (parser.pendingInit !== null) await this.settle(parser);
      }
      await this.settle(parser);
      this.states?.storeIfDue(parser, isPage);
    } finally {
      await this.unknownLines.keep(parser.competition, unknown);
    }
  }

  private async foldOne(parser: CompetitionParser, frame: Arrived, unknown: UnknownEntry[]): Promise<void> {
    const verdict = parser.fold(frame);
    if (verdict.kind === 'repeat') this.figures.skipped += 1;
    if (verdict.kind === 'out-of-order') await this.parkLate(parser.competition, frame);
    if (verdict.kind !== 'folded') return;
    this.figures.frames += 1;
    this.figures.lines += verdict.counts.lines;
    this.figures.actions += verdict.actions;
    this.figures.unknown += verdict.counts.unknown;
    for (const line of verdict.unknownLines) unknown.push({ frame: frame.id, ...line });
    for (const text of parser.warnings.splice(0)) this.logger.warn({ event: 'feed-contradicts-itself', competitionCode: parser.competition, frame: frame.id, text });
  }

  private async parkLate(competition: string, { id, message }: Arrived): Promise<void> {
    this.figures.parked += 1;
    if (message === undefined) return;
    const text = `Frame ${id} of the competition "${competition}" came after frames that are newer than it. One listener at a time may write a competition.`;
    await this.transport.parking.park(message, new PipelineError('LTS_FRAME_OUT_OF_ORDER', text, { competitionCode: competition, place: message.place }));
  }

  /** Publishes what is ready; after an initialisation, waits until it is stored. Safe to repeat after a failure. */
  private async settle(parser: CompetitionParser): Promise<void> {
    const { competition, outbox } = parser;
    this.mustBeOurs(parser);
    if (parser.pendingInit !== null) this.lock.close(competition, parser.pendingInit);
    if (outbox.length > 0) {
      const records = outbox.map((value) => ({ key: competition, kind: 'standard', value }));
      await this.transport.publisher.publish(this.parts.env.kafkaProduce, records);
      outbox.length = 0;
    }
    if (parser.pendingInit === null) return;
    await this.lock.whenOpen(competition);
    this.mustBeOurs(parser);
    await this.refresh(parser);
    parser.pendingInit = null;
  }

  /** @throws PipelineError retriable: should the partition be ours again, the competition begins from what is stored */
  private mustBeOurs(parser: CompetitionParser): void {
    if (this.left.has(parser)) throw handedOver(parser.competition);
  }

  private async refresh(parser: CompetitionParser): Promise<void> {
    parser.overrideColumns(await this.overridesOf(parser.competition));
  }

  private async overridesOf(competition: string): Promise<Record<string, string>> {
    const settings = await this.api.parserSettings(competition);
    return Object.fromEntries(settings.filter(({ source }) => source === 'user').map(({ name, value }) => [name, value]));
  }

  /** @param arriving the first frame that comes as a message; null when none does */
  private async parserOf(competition: string, arriving: Arrived | null): Promise<CompetitionParser> {
    const known = this.parsers.get(competition) ?? this.restored(competition, arriving);
    this.parsers.set(competition, known);
    try {
      const parser = await known;
      if (this.parsers.get(competition) !== known) throw handedOver(competition);
      this.ready.delete(competition);
      this.ready.set(competition, parser);
      this.makeRoom(competition);
      return parser;
    } catch (error) {
      if (this.parsers.get(competition) === known) this.parsers.delete(competition);
      throw error;
    }
  }

  /**
   * The competition as it stood before the frames that arrive: what is stored is folded in silence, what is only recorded
   * is published.
   */
  private async restored(competition: string, arriving: Arrived | null): Promise<CompetitionParser> {
    const overrides = await this.overridesOf(competition);
    const place = arriving?.message?.place;
    if (this.states !== null && place !== undefined) return this.states.restore(competition, overrides, place);
    const parser = new CompetitionParser(competition, overrides, this.parts.providers);
    if (this.parts.env.recordingsPath === undefined) return parser;
    const stored = (await this.api.watermark(competition)) ?? '';
    await eachRecorded(this.parts.env.recordingsPath, competition, async (recorded) => {
      const frames = arriving === null ? recorded : recorded.filter((frame) => frame.id < arriving.id);
      const fresh = frames.filter((frame) => frame.id > stored);
      for (const frame of frames) if (frame.id <= stored) parser.fold(frame);
      parser.discard();
      if (fresh.length > 0) await this.fold(parser, fresh);
    });
    return parser;
  }

  /** Another instance goes on with these competitions; should they come back, what is kept of them is out of date. */
  private forgetPartition(topic: string, partition: number): void {
    if (topic !== this.parts.env.kafkaConsume) return;
    for (const competition of this.parsers.keys()) {
      const known = this.ready.get(competition);
      if (known !== undefined && known.lastPlace?.partition !== partition) continue;
      if (known !== undefined) this.left.add(known);
      this.ready.delete(competition);
      this.parsers.delete(competition);
    }
  }

  /** Lets those go that are longest unused, but for the one that is needed now. */
  private makeRoom(needed: string): void {
    for (const [competition, { outbox, pendingInit }] of this.ready) {
      if (this.ready.size <= this.parts.env.maxCompetitions) return;
      if (competition === needed || outbox.length > 0 || pendingInit !== null) continue;
      this.ready.delete(competition);
      this.parsers.delete(competition);
    }
  }

  private async catchUp(): Promise<void> {
    const { recordingsPath } = this.parts.env;
    if (recordingsPath === undefined || this.states !== null) return;
    for (;;) {
      try {
        for (const competition of await unfinishedCompetitions(recordingsPath, (code) => this.api.watermark(code))) await this.parserOf(competition, null);
        return;
      } catch (error) {
        const { code, message, retriable } = classify(error);
        if (this.stopping || code === 'LTS_STOPPING') return;
        this.logger.warn({ event: 'catching-up', code, error: message });
        if (!retriable) return;
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
  }
}

function handedOver(competition: string): PipelineError {
  return new PipelineError('LTS_STOPPING', 'The competition went to another instance.', { competitionCode: competition });
}
