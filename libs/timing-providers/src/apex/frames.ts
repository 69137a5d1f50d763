/** A page, a row or a cell. */
const OWN_LINE = /^(?:init\||r\d+(?:c\d+)?\|)/m;

/** True when a line of the frame can only be of this protocol. */
export function isApexFrame(text: string): boolean {
  return OWN_LINE.test(text);
}

/** True when the frame begins an initial page: one of its lines starts with `init|`. */
export function startsPage(text: string): boolean {
  return hasLine(text, 'init|');
}

/**
 * True when the frame holds the last part of a page: the grid, the (empty or filled) ticker line that closes it,
 * or `init|n`, which has neither because nothing is live.
 */
export function endsPage(text: string): boolean {
  return hasLine(text, 'grid|') || hasLine(text, 'msg|') || hasLine(text, 'init|n');
}

function hasLine(text: string, start: string): boolean {
  return text.startsWith(start) || text.includes(`\n${start}`);
}
