import type { SimulatedFrame } from '../simulated-frame.js';
import { type FrameFault, isPage } from './frame-fault.js';

const REPEAT_CHANCE = 0.01;
const SWAP_CHANCE = 0.005;
const TEAR_CHANCE = 0.1;
const JOIN_CHANCE = 0.1;
const JOIN_WITHIN_MS = 1_000;
const TRUNCATE_CHANCE = 0.002;

/** A frame comes twice in a row, as from a recorder with two connections. */
export const repeated: FrameFault = {
  name: 'repeated',
  help: 'one frame in a hundred comes twice',
  loses: false,
  *damage(frames, random) {
    for (const frame of frames) {
      yield frame;
      if (random.chance(REPEAT_CHANCE)) yield frame;
    }
  },
};

/** Two neighbours change places. Which of two values was the last one is then lost. */
export const reordered: FrameFault = {
  name: 'reordered',
  help: 'one pair of frames in two hundred comes in the wrong order',
  loses: true,
  *damage(frames, random) {
    let held: SimulatedFrame | null = null;
    for (const frame of frames) {
      if (held === null && !isPage(frame) && random.chance(SWAP_CHANCE)) {
        held = frame;
        continue;
      }
      yield held === null ? frame : { ...frame, atMs: held.atMs };
      if (held !== null) yield { ...held, atMs: frame.atMs };
      held = null;
    }
    if (held !== null) yield held;
  },
};

/** A frame comes in two, cut between two lines; pages too. */
export const torn: FrameFault = {
  name: 'torn',
  help: 'one frame in ten comes in two, cut between lines',
  loses: false,
  *damage(frames, random) {
    for (const frame of frames) {
      const lines = frame.text.split('\n');
      if (lines.length < 3 || !random.chance(TEAR_CHANCE)) {
        yield frame;
        continue;
      }
      const cut = random.whole(1, lines.length - 2);
      yield { ...frame, text: `${lines.slice(0, cut).join('\n')}\n` };
      yield { ...frame, text: lines.slice(cut).join('\n') };
    }
  },
};

/** Frames that leave shortly after each other come as one, stamped with the last of them. */
export const joined: FrameFault = {
  name: 'joined',
  help: 'one frame in ten comes together with the next one, if that leaves within a second',
  loses: false,
  *damage(frames, random) {
    let held: { since: number; frame: SimulatedFrame } | null = null;
    for (const frame of frames) {
      if (held !== null && frame.atMs - held.since > JOIN_WITHIN_MS) {
        yield held.frame;
        held = null;
      }
      const since: number = held?.since ?? frame.atMs;
      const whole: SimulatedFrame = held === null ? frame : { ...frame, text: `${held.frame.text}${frame.text}` };
      held = random.chance(JOIN_CHANCE) ? { since, frame: whole } : null;
      if (held === null) yield whole;
    }
    if (held !== null) yield held.frame;
  },
};

/** The end of a frame is missing, in the middle of a line. */
export const truncated: FrameFault = {
  name: 'truncated',
  help: 'one frame in five hundred ends in the middle of a line',
  loses: true,
  *damage(frames, random) {
    for (const frame of frames) {
      const isCut = frame.text.length > 2 && random.chance(TRUNCATE_CHANCE);
      yield isCut ? { ...frame, text: frame.text.slice(0, random.whole(1, frame.text.length - 1)) } : frame;
    }
  },
};
