import { Module } from '@nestjs/common';
import { KafkaCheckService } from './kafka-check.service.js';
import { TestMessageController } from './test-message.controller.js';

@Module({ controllers: [TestMessageController], providers: [KafkaCheckService] })
export class KafkaCheckModule {}
