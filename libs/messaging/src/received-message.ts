import type { Place } from '@lts/contracts';

/** One message as a handler gets it: decoded, with its key (the competition code) and place. */
export interface ReceivedMessage<Value> {
  key: string;
  value: Value;
  headers: Record<string, string>;
  place: Place;
}

/** One message to send. `kind` becomes the header `lts-kind`. */
export interface OutgoingMessage {
  /** Competition code. */
  key: string;
  kind: string;
  value: object;
}
