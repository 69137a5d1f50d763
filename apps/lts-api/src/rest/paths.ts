/** The paths of the original, in its present spelling and in its older one. */
export const COMPETITIONS = ['v1/c', 'v1/competitions'];

/** Paths below each competition. */
export function ofCompetition(path = ''): string[] {
  return COMPETITIONS.map((base) => `${base}/:competition_id${path === '' ? '' : `/${path}`}`);
}
