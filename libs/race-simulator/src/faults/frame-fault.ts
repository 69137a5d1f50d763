import type { Choice } from '../choice.js';
import type { SeededRandom } from '../random/seeded-random.js';
import type { SimulatedFrame } from '../simulated-frame.js';

/** A way in which a sequence of frames can be damaged. */
export interface FrameFault extends Choice {
  /** Whether something of the feed is lost by it, so that a reader cannot know the whole truth any more. */
  loses: boolean;
  /** The frames with the damage; makes each as it is asked for. */
  damage: (frames: Iterable<SimulatedFrame>, random: SeededRandom) => Generator<SimulatedFrame>;
}

/** Whether a frame holds the beginning of a page. */
export function isPage({ text }: SimulatedFrame): boolean {
  return text.startsWith('init|');
}
