/** Part of an event, as the original system names it; `unknown` when no rule recognises the title. */
export type Stage = 'free-practice' | 'qualifying' | 'race' | 'unknown';

/** State of a competition as the REST contract knows it. */
export type CompetitionStatus = 'paused' | 'ongoing' | 'finished';

/** Flag panel of the circuit. `unknown` keeps its text in the action that carries it. */
export type Flag = 'green' | 'yellow' | 'red' | 'chequered' | 'safety-car' | 'unknown';

/** What a row of the timing table is doing. */
export type RowState = 'running' | 'in-pit' | 'out-lap' | 'stopped' | 'finished' | 'unknown';

/** A distance: whole laps, or whole milliseconds. */
export interface Distance {
  value: number;
  unit: 'laps' | 'millis';
}

/** Why a lap or a stop is not counted any more, or counted with a reservation. */
export type Reason = 'withdrawn' | 'rollback' | 'closed-by-pit-entry' | 'closed-by-pit-exit' | 'given' | 'unconfirmed';

/** Where a value was read. */
export type Source = 'column' | 'message' | 'status' | 'comment' | 'inferred' | 'page';

/** Weather icon of the circuit. */
export type Sky = 'sunny' | 'mixed' | 'cloudy' | 'overcast' | 'rain' | 'unknown';

/** What race control has done; `unknown` when no rule knows the kind of an entry. */
export type RaceControlEvent =
  | 'green-flag' | 'yellow-flag' | 'red-flag' | 'chequered-flag' | 'formation' | 'warning' | 'penalty' | 'black-flag' | 'technical-flag'
  | 'investigation' | 'text' | 'unknown';

/** How a penalty is served. */
export type PenaltyKind = 'time' | 'laps' | 'drive-through' | 'stop-and-go' | 'disqualification' | 'other';
