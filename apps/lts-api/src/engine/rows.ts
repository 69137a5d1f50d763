import type { drivers, laps, messages, metadataCurrent, parserSettings, penalties, pitsIn, pitsOut, sessions, teams, timingCurrent } from '../database/schema.js';

type Dated = 'insertDate' | 'updateDate';
/** Rows as the engine holds them: without what the database itself sets. */
export type MetadataRow = Omit<typeof metadataCurrent.$inferSelect, Dated>;
export type SessionRow = Omit<typeof sessions.$inferSelect, Dated | 'id'>;
export type TeamRow = Omit<typeof teams.$inferSelect, Dated>;
export type DriverRow = Omit<typeof drivers.$inferSelect, Dated>;
export type TimingRow = Omit<typeof timingCurrent.$inferSelect, Dated | 'id'>;
export type LapRow = typeof laps.$inferSelect;
export type PitInRow = Omit<typeof pitsIn.$inferSelect, Dated>;
export type PitOutRow = Omit<typeof pitsOut.$inferSelect, Dated>;
export type MessageRow = typeof messages.$inferSelect;
export type PenaltyRow = typeof penalties.$inferSelect;
export type ParserSettingRow = Omit<typeof parserSettings.$inferSelect, Dated | 'id'>;
