import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type RawMessage, TOPICS } from '@lts/contracts';
import { type ReceivedMessage, TEST_CONSUMER } from '@lts/messaging';
import { TestMessagesService } from './test-messages.service.js';
import { say } from './say.js';

/** Test messages in, lines for the user out. */
@Controller()
export class TestMessageController {
  constructor(@Inject(TestMessagesService) private readonly messages: TestMessagesService) {}

  @EventPattern(TOPICS.test, TEST_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<RawMessage>[]): void {
    this.messages.received(messages, say);
  }
}
