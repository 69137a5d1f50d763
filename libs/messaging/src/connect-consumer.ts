import type { INestApplication } from '@nestjs/common';
import { type CustomTransportStrategy, type MicroserviceOptions, NestMicroservice } from '@nestjs/microservices';
import { RethrowFilter } from './rethrow.filter.js';

/**
 * Adds a consumer to an app so that the errors of its handlers reach the transport as they are.
 * To be called before the app's microservices are started.
 */
export function connectConsumer(app: INestApplication, strategy: CustomTransportStrategy): void {
  // Nest binds the handlers when it connects, before a filter can be added, unless that is put off to the start
  const consumer = app.connectMicroservice<MicroserviceOptions>({ strategy }, { deferInitialization: true });
  consumer.useGlobalFilters(new RethrowFilter());
  // the app itself calls the hooks of the providers, once
  if (consumer instanceof NestMicroservice) consumer.setIsInitHookCalled(true);
}
