/** Where a message stood, for errors and parked records. */
export interface Place {
  topic: string;
  partition: number;
  /** Decimal text, since offsets exceed 2^53. */
  offset: string;
}
