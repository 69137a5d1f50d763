import 'reflect-metadata';
import { Controller, Inject, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type RunningStage, type Stage, startStage } from '@lts/bootstrap';
import { type RawMessage, TOPICS } from '@lts/contracts';
import { StageEnv, readEnv } from '@lts/env';
import { Publisher, type ReceivedMessage, TEST_CONSUMER, kafkaTransport } from '@lts/messaging';

/** Copies every message of a topic to another one, twice: what a badly set up mirror does. */
@Controller()
class MirrorController {
  constructor(@Inject(Publisher) private readonly publisher: Publisher) {}

  @EventPattern(TOPICS.test, TEST_CONSUMER)
  async handle(@Payload() messages: ReceivedMessage<RawMessage>[]): Promise<void> {
    const copies = messages.flatMap(({ key, value }) => [value, value].map((copy) => ({ key, kind: 'test', value: copy })));
    await this.publisher.publish('mirrored', copies);
  }
}

@Module({ controllers: [MirrorController] })
class MirrorModule {}

const mirror: Stage<StageEnv> = {
  name: 'mirror',
  env: StageEnv,
  module: MirrorModule,
  consumers: () => [{ transportId: TEST_CONSUMER, group: 'mirror', topics: { [TOPICS.test]: TOPICS.test }, from: 'earliest' }],
};

/** A mirror from the test topic to the topic `mirrored`. */
export async function startMirror(servers: readonly string[]): Promise<RunningStage> {
  const { env } = readEnv(StageEnv, { argv: ['--kafka_servers', servers.join(','), '--verbosity', '4'], variables: {}, file: null });
  return startStage(mirror, { env, transport: kafkaTransport(env, mirror.name) });
}
