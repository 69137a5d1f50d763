import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ReceivedMessage } from './received-message.js';

/** Calls a Nest handler and waits for all it does; what it throws comes out unchanged. */
export async function callHandler(handler: MessageHandler, messages: readonly ReceivedMessage<unknown>[]): Promise<void> {
  const result: unknown = await handler(messages);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
