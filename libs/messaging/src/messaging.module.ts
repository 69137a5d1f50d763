import { type DynamicModule, Module } from '@nestjs/common';
import { Parking } from './parking.js';
import { Publisher } from './publisher.js';
import { TRANSPORT } from './tokens.js';
import type { Transport } from './transport.js';

/** Gives the stage its transport (token `TRANSPORT`) the `Publisher` and the `Parking`. */
@Module({})
export class MessagingModule {
  static forRoot(transport: Transport): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: TRANSPORT, useValue: transport },
        { provide: Publisher, useValue: transport.publisher },
        { provide: Parking, useValue: transport.parking },
      ],
      exports: [TRANSPORT, Publisher, Parking],
    };
  }
}
