import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type RawMessage, TOPICS } from '@lts/contracts';
import { RAW_MESSAGES_CONSUMER, type ReceivedMessage } from '@lts/messaging';
import { ParserService } from './parser.service.js';

/** Frames in, actions out. */
@Controller()
export class RawMessageController {
  constructor(@Inject(ParserService) private readonly parser: ParserService) {}

  @EventPattern(TOPICS.rawMessages, RAW_MESSAGES_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<RawMessage>[]): Promise<void> {
    return this.parser.parse(messages);
  }
}
