export type { Column, ColumnMeaning } from './columns.js';
export { CompetitionState } from './competition-state.js';
export type { Snapshot } from './competition-state.js';
export type { ExplainedLine, Rule } from './explaining-fold.js';
export { startsInit } from './frame.js';
export type { Frame, FrameCounts, FrameOutcome, UnknownLine } from './frame.js';
export { DEFAULT_LIMITS } from './options.js';
export type { ParserLimits, ParserOptions } from './options.js';
export type { StateDocument } from './state-document.js';
