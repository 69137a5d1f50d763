import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type StandardMessage, TOPICS } from '@lts/contracts';
import { type ReceivedMessage, STANDARD_CONSUMER } from '@lts/messaging';
import { ApiSenderService } from './api-sender.service.js';

/** Actions in, REST operations out. */
@Controller()
export class StandardController {
  constructor(@Inject(ApiSenderService) private readonly sender: ApiSenderService) {}

  @EventPattern(TOPICS.standard, STANDARD_CONSUMER)
  handle(@Payload() messages: ReceivedMessage<StandardMessage>[]): Promise<void> {
    return this.sender.send(messages);
  }
}
