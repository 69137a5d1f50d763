import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readEnv } from '@lts/env';
import { StandaloneEnv } from './env.js';
import { type Plan, planOf } from './plan.js';

const plan = (...argv: string[]): Plan => planOf(readEnv(StandaloneEnv, { argv, variables: {}, file: null }).env);

function newRecording(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lts-plan-')), 'race.ndjson');
  writeFileSync(path, '');
  return path;
}

describe(planOf.name, () => {
  it('runs the demo when nothing is asked for', () => {
    expect(plan()).toEqual({ kind: 'demo', speed: '5' });
  });

  it('listens to a circuit', () => {
    expect(plan('--competition_code', 'c', '--websocket_uri', 'ws://x:1')).toEqual({ kind: 'live' });
    expect(plan('--competitions', 'c=ws://x:1')).toEqual({ kind: 'live' });
  });

  it('replays at the pace of the race, or at full speed when it is to end by itself', () => {
    const path = newRecording();
    expect(plan('--competition_code', 'c', '--replay', path)).toMatchObject({ kind: 'replay', speed: '1', exit: false });
    expect(plan('--competition_code', 'c', '--replay', path, '--exit')).toMatchObject({ speed: 'max', exit: true });
    expect(plan('--competition_code', 'c', '--replay', path, '--exit', '--speed', '60')).toMatchObject({ speed: '60', exit: true });
  });

  it('says what is missing or contradicts', () => {
    expect(() => plan('--websocket_uri', 'ws://x:1')).toThrow('Give --competition_code');
    expect(() => plan('--competition_code', 'c')).toThrow('Give --websocket_uri or --replay');
    expect(() => plan('--exit')).toThrow('Give --replay FILE');
    expect(() => plan('--replay', newRecording())).toThrow('Give --competition_code');
    expect(() => plan('--competition_code', 'c', '--replay', '/nowhere/race.ndjson')).toThrow('There is no file or folder /nowhere/race.ndjson');
    expect(() => plan('--competition_code', 'c', '--replay', newRecording(), '--websocket_uri', 'ws://x:1')).toThrow('exclude each other');
  });
});
