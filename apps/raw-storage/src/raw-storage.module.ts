import { Module } from '@nestjs/common';
import { RawMessageController } from './raw-message.controller.js';
import { RawStorageService } from './raw-storage.service.js';

@Module({ controllers: [RawMessageController], providers: [RawStorageService] })
export class RawStorageModule {}
