/** Values the contract knows. */
export const STATUSES = ['paused', 'ongoing', 'finished'] as const;
export const STAGES = ['free-practice', 'qualifying', 'race'] as const;
export const LENGTH_UNITS = ['laps', 'millis'] as const;
export const KART_STATUSES = ['good', 'medium', 'bad', 'unknown'] as const;
export const ROW_STATES = ['running', 'in-pit', 'out-lap', 'stopped', 'finished', 'unknown'] as const;
export const MOST_TEXT = 255;
