import { Module } from '@nestjs/common';
import { ApiClientModule } from '@lts/api-client';
import { ApiSenderService } from './api-sender.service.js';
import { ApiSenderEnv } from './env.js';
import { StandardController } from './standard.controller.js';

@Module({
  imports: [ApiClientModule.forStage(ApiSenderEnv)],
  controllers: [StandardController],
  providers: [ApiSenderService],
})
export class ApiSenderModule {}
