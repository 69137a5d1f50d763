import { quantile } from './figures.mjs';

/**
 * The way of each update that led to actions, in ms: `total` from the socket to the live stream, and the hops between.
 *
 * @param sentAtMs when each frame was sent, in order
 * @param from index of the first one that counts
 * @param isTold whether each frame leads to actions
 * @param raw messages of `raw-messages` in order, standard those of `standard`, as taps saw them; null where there is no broker
 * @param events of the live stream
 */
export function waysOfFrames({ sentAtMs, from, isTold, raw, standard, events }) {
  const standardAt = new Map((standard ?? []).map(({ atMs, value }) => [value.data.frame, atMs]));
  return sentAtMs.flatMap((sent, index) => {
    const seen = raw?.[index];
    // without a broker in between, the stamp is that of the moment of sending
    const stampMs = seen === undefined ? Math.floor(sent) : Math.round(seen.value.created_at * 1_000);
    const event = events.find(({ lastFrameAtMs }) => lastFrameAtMs >= stampMs);
    if (index < from || !isTold[index] || event === undefined) return [];
    const end = { total: event.atMs - sent, 'to the live stream': event.atMs - event.appliedAtMs };
    if (seen === undefined) return [{ total: end.total, 'socket to the commit in the database': event.appliedAtMs - sent, 'to the live stream': end['to the live stream'] }];
    const standardAtMs = standardAt.get(seen.value.id);
    return [{ total: end.total, 'socket to raw-messages': seen.atMs - sent, 'to standard': standardAtMs - seen.atMs, 'to the commit in the database': event.appliedAtMs - standardAtMs, 'to the live stream': end['to the live stream'] }];
  });
}

/** p50, p99 and the largest of some values, ms. */
export function spread(values) {
  const [middle, late, longest] = [quantile(values, 0.5), quantile(values, 0.99), Math.max(...values)].map((value) => value.toFixed(1));
  return `p50 ${middle} ms, p99 ${late} ms, longest ${longest} ms`;
}
