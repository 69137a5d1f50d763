/** True when the frame begins an initial page: one of its lines starts with `init|`. */
export function startsInit(text: string): boolean {
  return hasLine(text, 'init|');
}

/**
 * True when the frame holds the last part of a page: the grid, the (empty or filled) ticker line that closes it,
 * or `init|n`, which has neither because nothing is live.
 */
export function endsPage(text: string): boolean {
  return hasLine(text, 'grid|') || hasLine(text, 'msg|') || hasLine(text, 'init|n');
}

/** True when nothing but white space was sent; the provider's sign of life on an idle link. */
export function isBlankFrame(text: string): boolean {
  return text.trim() === '';
}

function hasLine(text: string, start: string): boolean {
  return text.startsWith(start) || text.includes(`\n${start}`);
}
