import { Module } from '@nestjs/common';
import { KafkaCluster } from '@lts/messaging';
import { DoctorService } from './doctor/doctor.service.js';
import { KafkaCheckEnv } from './env.js';
import { KafkaCheckService } from './kafka-check.service.js';
import { TestMessageController } from './test-message.controller.js';
import { TestMessagesService } from './test-messages.service.js';

@Module({
  controllers: [TestMessageController],
  providers: [
    KafkaCheckService,
    TestMessagesService,
    DoctorService,
    { provide: KafkaCluster, useFactory: (env: KafkaCheckEnv) => new KafkaCluster(env, 'kafka-check'), inject: [KafkaCheckEnv] },
  ],
})
export class KafkaCheckModule {}
