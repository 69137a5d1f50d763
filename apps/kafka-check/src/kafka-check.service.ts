import { Inject, Injectable } from '@nestjs/common';
import { DoctorService } from './doctor/doctor.service.js';
import { KafkaCheckEnv } from './env.js';
import { roundTripLine } from './round-trips.js';
import type { Say } from './say.js';
import { TestMessagesService } from './test-messages.service.js';

/** Runs the check that `test_mode` names. */
@Injectable()
export class KafkaCheckService {
  constructor(
    @Inject(KafkaCheckEnv) private readonly env: KafkaCheckEnv,
    @Inject(TestMessagesService) private readonly messages: TestMessagesService,
    @Inject(DoctorService) private readonly doctor: DoctorService,
  ) {}

  /**
   * Runs the check to its end.
   *
   * @returns false when it found a fault
   * @throws PipelineError `LTS_KAFKA_UNAVAILABLE` when the broker does not answer in time
   */
  async run(say: Say): Promise<boolean> {
    switch (this.env.testMode) {
      case 'producer':
        await this.messages.produce(say);
        return true;
      case 'consumer':
        await this.messages.consume(say);
        return true;
      case 'roundtrip':
        return this.roundTrip(say);
      case 'topics':
        return this.doctor.makeTopics(say);
      case 'doctor':
        return this.doctor.examine(say);
    }
  }

  private async roundTrip(say: Say): Promise<boolean> {
    const figures = await this.messages.roundTrip();
    say(roundTripLine(figures));
    return figures.lost === 0 && figures.doubled === 0;
  }
}
