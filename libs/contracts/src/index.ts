export { FrameIdSequence, frameId, isFrameId, partsOfFrameId } from './frame-id.js';
export type { FrameIdParts } from './frame-id.js';
export { COMPETITION_PARTITIONS, MESSAGE_VERSION, TOPICS, parkedTopic, topicOfParked, topicPlans } from './topics.js';
export type { TopicPlan } from './topics.js';
export type { Place } from './place.js';
export { ERROR_CODES, PipelineError, classify, hasSystemCode } from './errors.js';
export type { ErrorCode, ErrorContext } from './errors.js';
export { notificationMessage, rawMessage, stampMs, standardMessage } from './envelope.js';
export type {
  Envelope,
  FrameActions,
  InitOutcome,
  Notification,
  NotificationMessage,
  RawMessage,
  StandardMessage,
} from './envelope.js';
export type { BatchAnswer, BatchRequest, Operation, RejectedOperation, Watermarks, Writer } from './batch.js';
