import { SetMetadata } from '@nestjs/common';

/** What a key may do, each role all that those before it may: read, write what the pipeline writes, manage. */
export const ROLES = ['viewer', 'batch', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const NEEDED_ROLE = 'needed role';
/** A route that needs another role than its method implies (GET: viewer, else batch); null: none at all. */
export const Needs = (role: Role | null): MethodDecorator & ClassDecorator => SetMetadata(NEEDED_ROLE, role);

/** The role of that name; viewer, which may the least, for any other text. */
export function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'viewer';
}

/** True when `role` may do what `needed` may. */
export function covers(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
