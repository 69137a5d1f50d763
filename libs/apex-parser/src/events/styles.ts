/** Styles remembered; further ones are passed over. */
const MOST_STYLES = 200;

const COLOUR = /#[0-9a-f]{6}\b/iu;
const NAME = /^(?:no|notc)\d{1,9}$/u;

/**
 * Colour of the plates of a category (`no11`), or of a team (`notc16731983`), as `#RRGGBB`; other styles mean nothing.
 *
 * @returns the colour when it is new, else null
 */
export function readStyle(styles: Record<string, string>, name: string, rules: string): string | null {
  const colour = NAME.test(name) ? COLOUR.exec(rules.slice(0, 500))?.[0].toUpperCase() : undefined;
  if (colour === undefined || styles[name] === colour) return null;
  if (!(name in styles) && Object.keys(styles).length >= MOST_STYLES) return null;
  styles[name] = colour;
  return colour;
}
