/** The bearer in an Authorization header, null when it holds none. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? null;
}
