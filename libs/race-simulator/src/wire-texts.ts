/** `1:02.345`, `59.340`: a lap or gap as the wire writes it. */
export function timeText(timeMs: number): string {
  const whole = Math.round(timeMs);
  const minutes = Math.floor(whole / 60_000);
  const seconds = ((whole % 60_000) / 1000).toFixed(3);
  return minutes === 0 ? seconds : `${minutes}:${seconds.padStart(6, '0')}`;
}

/** `00.`, `1:08.`: the pit clock. */
export function pitClockText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const rest = String(seconds % 60).padStart(2, '0');
  return seconds < 60 ? `${rest}.` : `${Math.floor(seconds / 60)}:${rest}.`;
}

/** `0:54`: hours and minutes. */
export function hoursMinutesText(timeMs: number): string {
  const minutes = Math.floor(timeMs / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `02:00:00`: the planned length before the start. */
export function lengthText(timeMs: number): string {
  const seconds = Math.round(timeMs / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `10:34`: the wall clock of the race-control log. */
export function wallClockText(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(11, 16);
}

/** `Lap 12` for the leader, `3 Laps` for who is behind by laps. */
export function lapsBehindText(laps: number): string {
  return `${laps} ${laps === 1 ? 'Lap' : 'Laps'}`;
}
