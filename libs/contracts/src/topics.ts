/** Names of the topics; each can be replaced by a flag of the stage. The key is always the competition code. */
export const TOPICS = {
  rawMessages: 'raw-messages',
  standard: 'standard',
  notifications: 'notifications',
  parserState: 'parser-state',
  test: 'test-topic',
} as const;

/** Where messages of a topic go that were rejected for good. */
export function parkedTopic(topic: string): string {
  return `${topic}.parked`;
}

/** Version of the messages' form, sent in the header `lts-version`. */
export const MESSAGE_VERSION = '1';
