import { COMPETITION_PARTITIONS, TOPICS, type RawMessage, type StandardMessage } from '@lts/contracts';
import { type ReceivedMessage, kafkaTransport } from '@lts/messaging';

const END = String(Number.MAX_SAFE_INTEGER);

/** All that the topic holds of a competition, in order. */
async function messagesOf(servers: readonly string[], topic: string, competition: string): Promise<ReceivedMessage<unknown>[]> {
  const transport = kafkaTransport({ kafkaServers: [...servers] }, 'spec');
  try {
    const found: ReceivedMessage<unknown>[] = [];
    for (let partition = 0; partition < COMPETITION_PARTITIONS; partition += 1) {
      await transport.past?.each({ topic, partition, key: competition, from: '0', until: END, group: 'people' }, (messages) => void found.push(...messages));
    }
    return found;
  } finally {
    await transport.close();
  }
}

export async function rawMessagesOf(servers: readonly string[], competition: string): Promise<RawMessage[]> {
  return (await messagesOf(servers, TOPICS.rawMessages, competition)).map(({ value }) => value as RawMessage);
}

export async function standardMessagesOf(servers: readonly string[], competition: string): Promise<StandardMessage[]> {
  return (await messagesOf(servers, TOPICS.standard, competition)).map(({ value }) => value as StandardMessage);
}
