import { chosen } from '../choice.js';
import { SeededRandom } from '../random/seeded-random.js';
import type { SimulatedFrame } from '../simulated-frame.js';
import { clockSteps, garbage } from './foreign-faults.js';
import type { FrameFault } from './frame-fault.js';
import { missingPage, outage, restart } from './page-faults.js';
import { joined, reordered, repeated, torn, truncated } from './transport-faults.js';

/** What the outside may know of a fault: `loses` says whether something of the feed is gone with it. */
export type FrameFaultChoice = Pick<FrameFault, 'name' | 'help' | 'loses'>;

/** In the order in which they are applied: what the provider does first, then the line, then the receiver. */
const faultsInOrder: readonly [FrameFault, ...FrameFault[]] = [restart, missingPage, garbage, outage, torn, joined, truncated, reordered, repeated, clockSteps];

/** Faults that can be put into a sequence of frames. */
export const FRAME_FAULTS: readonly FrameFaultChoice[] = faultsInOrder.map(({ name, help, loses }) => ({ name, help, loses }));

/**
 * The frames with the given faults; the same seed gives the same damage. Frames are made as they are taken, so a race of any
 * length needs no memory.
 *
 * @throws Error that lists the known names when there is no such fault; thrown at once, not when the first frame is taken
 */
export function withFaults(frames: Iterable<SimulatedFrame>, faults: readonly string[], seed: number): Generator<SimulatedFrame> {
  const wanted = new Set(faults.map((name) => chosen('fault', name, faultsInOrder)));
  const random = new SeededRandom(seed);
  return faultsInOrder.reduce((damaged, fault) => (wanted.has(fault) ? fault.damage(damaged, random.fork(fault.name)) : damaged), untouched(frames));
}

function* untouched(frames: Iterable<SimulatedFrame>): Generator<SimulatedFrame> {
  yield* frames;
}
