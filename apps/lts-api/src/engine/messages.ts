/** Sentences of the contract that clients may compare. */
export const NOTHING_WRITTEN = 'No data was inserted or updated.';
export const NO_PIT_IN = 'The requested pit-in data does not exist.';
export const NO_PIT_OUT = 'The requested pit-out data does not exist.';

export function noCompetition(reference: string | number): string {
  return `The competition with ID=${reference} does not exist.`;
}

export function noTeam(id: string | number): string {
  return `The team with ID=${id} does not exist.`;
}

export function noDriver(id: string | number): string {
  return `The driver with ID=${id} does not exist.`;
}

export const NO_TIMING = 'The requested timing data does not exist.';
