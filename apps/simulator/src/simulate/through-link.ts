import type { SimulatedFrame } from '@lts/race-simulator';
import { FLOOD_PAGES, type LinkFault, type LinkFaultPlan } from '../links/link-faults.js';

/** What happens on the way: nothing; frames are lost until `untilMs`, with a page afterwards when a new link was made. */
interface Outage {
  untilMs: number;
  withPage: boolean;
}

/**
 * The frames as a client records them whose link has faults and who connects again after each end of it. `page` gives the
 * page after the frame that was taken last.
 */
export function* throughLink(frames: Iterable<SimulatedFrame>, page: () => string | null, plan: LinkFaultPlan): Generator<SimulatedFrame> {
  let outage: Outage | null = null;
  for (const frame of frames) {
    if (outage !== null && frame.atMs < outage.untilMs) continue;
    const text = outage?.withPage === true ? page() : null;
    outage = null;
    yield text === null ? frame : { atMs: frame.atMs, text };
    const fault = plan.strike(frame.atMs);
    if (fault?.kind === 'flood') yield* flood(frame.atMs, page());
    else if (fault !== null) outage = outageOf(fault, frame.atMs);
  }
}

function outageOf({ kind, durationMs }: LinkFault, atMs: number): Outage {
  return { untilMs: atMs + durationMs, withPage: kind !== 'silent' };
}

function* flood(atMs: number, page: string | null): Generator<SimulatedFrame> {
  for (let copies = 0; page !== null && copies < FLOOD_PAGES; copies += 1) yield { atMs, text: page };
}
