import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type RawMessage, TOPICS } from '@lts/contracts';
import { RAW_MESSAGES_CONSUMER, type ReceivedMessage } from '@lts/messaging';
import { RawStorageService } from './raw-storage.service.js';

/** Frames in, recordings out. */
@Controller()
export class RawMessageController {
  constructor(@Inject(RawStorageService) private readonly storage: RawStorageService) {}

  @EventPattern(TOPICS.rawMessages, RAW_MESSAGES_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<RawMessage>[]): Promise<void> {
    return this.storage.store(messages);
  }
}
