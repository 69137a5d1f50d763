import { PipelineError } from '@lts/contracts';
import { Parking } from './parking.js';
import { Publisher } from './publisher.js';
import type { Transport } from './transport.js';

class NoPublisher extends Publisher {
  publish(topic: string): Promise<void> {
    return Promise.reject(new PipelineError('LTS_CONFIGURATION', `This app has no transport to send to ${topic}.`));
  }
}

/** For apps that neither send nor receive messages. */
export function noTransport(): Transport {
  const publisher = new NoPublisher();
  return {
    kind: 'embedded',
    publisher,
    parking: new Parking(publisher, null),
    past: null,
    consumer: ({ group }) => {
      throw new PipelineError('LTS_CONFIGURATION', `This app has no transport for the group ${group}.`);
    },
    onPartitionLost: () => undefined,
    health: () => ({ ready: true, consumers: [] }),
    close: () => Promise.resolve(),
  };
}
