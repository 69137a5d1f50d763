/** Injection token of the stage's `Transport`. */
export const TRANSPORT = Symbol('transport');
