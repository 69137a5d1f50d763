import type { SimulatedFrame } from '../simulated-frame.js';
import { type Line, lineText, targetOf } from './line.js';
import type { Screen } from './screen.js';

/** A frame in the making: lines, or something that is sent alone. */
interface Parcel {
  slotMs: number;
  content: { kind: 'lines'; lines: Line[]; isClosed: boolean } | { kind: 'alone'; write: () => string };
}

const SLOT_MS = 200;
const KEEP_ALIVE_MS = 60_000;

/**
 * Sends what is put into it every 200 ms, as the provider does: all that fell into one slot is one frame. An idle minute
 * gives an empty frame. Lines of one target never overtake each other, however they are delayed.
 */
export class Outbox {
  private parcels: Parcel[] = [];
  private readonly lastSlots = new Map<string, number>();
  private lastSentMs: number | null = null;

  constructor(private readonly screen: Screen) {}

  /** Lines that leave at the next slot after `atMs`. */
  put(atMs: number, lines: Line[]): void {
    if (lines.length === 0) return;
    const slotMs = this.slotFor(atMs, lines);
    this.note(lines, slotMs);
    const last = this.parcels.findLast((parcel) => parcel.slotMs <= slotMs);
    if (last?.slotMs === slotMs && last.content.kind === 'lines' && !last.content.isClosed) last.content.lines.push(...lines);
    else this.insert({ slotMs, content: { kind: 'lines', lines, isClosed: false } });
  }

  /** Lines that are a frame of their own, in the next slot that nothing else has. */
  putApart(atMs: number, lines: Line[]): void {
    if (lines.length === 0) return;
    let slotMs = this.slotFor(atMs, lines);
    while (this.parcels.some((parcel) => parcel.slotMs === slotMs)) slotMs += SLOT_MS;
    this.note(lines, slotMs);
    this.insert({ slotMs, content: { kind: 'lines', lines, isClosed: true } });
  }

  /** Something that is a frame of its own, written when it leaves. */
  putAlone(atMs: number, write: () => string): void {
    this.insert({ slotMs: slotOf(atMs), content: { kind: 'alone', write } });
  }

  /** The frames that have left before that moment. */
  *leave(untilMs: number): Generator<SimulatedFrame> {
    for (let next = this.parcels[0]; next !== undefined && next.slotMs < untilMs; next = this.parcels[0]) {
      this.parcels.shift();
      yield* this.keepAlive(next.slotMs);
      yield { atMs: next.slotMs, text: this.write(next) };
      this.lastSentMs = next.slotMs;
    }
    yield* this.keepAlive(untilMs);
  }

  /** All that is left. */
  *leaveAll(): Generator<SimulatedFrame> {
    const lastMs = this.parcels.at(-1)?.slotMs;
    if (lastMs !== undefined) yield* this.leave(lastMs + 1);
  }

  private *keepAlive(untilMs: number): Generator<SimulatedFrame> {
    while (this.lastSentMs !== null && untilMs - this.lastSentMs > KEEP_ALIVE_MS) {
      this.lastSentMs += KEEP_ALIVE_MS;
      yield { atMs: this.lastSentMs, text: '' };
    }
  }

  private write({ content }: Parcel): string {
    if (content.kind === 'alone') return content.write();
    for (const line of content.lines) this.screen.apply(line);
    return `${content.lines.map(lineText).join('\n')}\n`;
  }

  private slotFor(atMs: number, lines: readonly Line[]): number {
    return Math.max(slotOf(atMs), ...lines.map((line) => this.lastSlots.get(targetOf(line)) ?? 0));
  }

  private note(lines: readonly Line[], slotMs: number): void {
    for (const line of lines) this.lastSlots.set(targetOf(line), slotMs);
  }

  private insert(parcel: Parcel): void {
    const after = this.parcels.findLastIndex(({ slotMs }) => slotMs <= parcel.slotMs);
    this.parcels.splice(after + 1, 0, parcel);
  }
}

function slotOf(atMs: number): number {
  return Math.ceil(atMs / SLOT_MS) * SLOT_MS;
}
