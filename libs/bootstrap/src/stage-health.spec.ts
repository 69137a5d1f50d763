import { describe, expect, it } from '@jest/globals';
import { StageHealth } from './stage-health.js';

describe(StageHealth.name, () => {
  it('is ready only when every part is', () => {
    const health = new StageHealth();
    health.add('database', () => ({ ready: true }));
    expect(health.report().ready).toBe(true);
    health.add('lock', () => ({ ready: false, ageMs: 12 }));
    expect(health.report()).toEqual({ ready: false, parts: { database: { ready: true }, lock: { ready: false, ageMs: 12 } } });
  });

  it('shows other stages of the process under their names, and is ready only when they are', () => {
    const health = new StageHealth();
    const listener = new StageHealth();
    health.count('lts_frames_total', () => 3);
    listener.count('lts_frames_total', () => 4);
    listener.add('link', () => ({ ready: false }));
    health.include('ws-listener', listener);
    expect(health.report()).toEqual({ ready: false, parts: { 'ws-listener': { ready: false, link: { ready: false } } } });
    expect(health.metrics()).toBe('# TYPE lts_frames_total counter\nlts_frames_total 3\nlts_frames_total{stage="ws-listener"} 4\n');
  });

  it('writes counters and gauges in the form Prometheus reads', () => {
    const health = new StageHealth();
    health.count('lts_frames_total', () => 3);
    health.count('lts_lag', () => 7);
    expect(health.metrics()).toBe('# TYPE lts_frames_total counter\nlts_frames_total 3\n# TYPE lts_lag gauge\nlts_lag 7\n');
  });
});
