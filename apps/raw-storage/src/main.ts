import { runStage } from '@lts/bootstrap';
import { kafkaTransport } from '@lts/messaging';
import { rawStorageStage } from './stage.js';

await runStage(rawStorageStage, kafkaTransport);
