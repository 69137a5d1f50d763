import type { SimulatedFrame } from '../simulated-frame.js';
import type { Choice } from '../simulation-options.js';

/** Faults that can be put into a sequence of frames. */
export const FRAME_FAULTS: readonly Choice[] = [];

/**
 * The frames with the given faults, seeded.
 *
 * @throws Error that lists the known names when there is no such fault
 */
export function* withFaults(frames: Iterable<SimulatedFrame>, faults: readonly string[], seed: number): Generator<SimulatedFrame> {
  for (const fault of faults) throw new Error(`There is no fault of seed ${seed}: '${fault}'.`);
  yield* frames;
}
