import type { FrameFault } from './frame-fault.js';

const GARBAGE_CHANCE = 0.01;
const STEP_CHANCE = 0.002;
const STEP_MS = { least: 2_000, most: 90_000 };

const GARBAGE = [
  'GET / HTTP/1.1\nHost: 192.0.2.7:8090\nUser-Agent: Mozilla/5.0 zgrab/0.x\nAccept: */*\n',
  '\u0016\u0003\u0001\u0005�\u0001\u0000\u0001|�\u0003\u0003|L�\u0000',
  'MGLNDD_192.0.2.7_8090\n',
  '\u0003\u0000\u0000/*�\u0000\u0000\u0000\u0000\u0000Cookie: mstshash=Administr\r\n',
  'OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/TCP nm;branch=foo|bar\r\n',
] as const;

/** What strangers send to the upstream port is passed on: whole frames of it, or lines between others. */
export const garbage: FrameFault = {
  name: 'garbage',
  help: 'junk of port scanners between frames and between lines',
  loses: false,
  *damage(frames, random) {
    for (const frame of frames) {
      if (!random.chance(GARBAGE_CHANCE)) {
        yield frame;
        continue;
      }
      const junk = random.pick(GARBAGE);
      if (random.chance(0.5)) yield { ...frame, text: `${frame.text}${junk}` };
      else yield* [{ ...frame, text: junk }, frame];
    }
  },
};

/** The clock that stamps the frames is set forward or back, by up to a minute and a half, now and then. */
export const clockSteps: FrameFault = {
  name: 'clock-steps',
  help: 'the clock of the receiver jumps forward and back',
  loses: false,
  *damage(frames, random) {
    let offMs = 0;
    for (const frame of frames) {
      // forward and back in turn
      if (random.chance(STEP_CHANCE)) offMs = (offMs > 0 ? -1 : 1) * random.whole(STEP_MS.least, STEP_MS.most);
      yield { ...frame, atMs: frame.atMs + offMs };
    }
  },
};
