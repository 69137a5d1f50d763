import { runStage } from '@lts/bootstrap';
import { kafkaTransport } from '@lts/messaging';
import { apiSenderStage } from './stage.js';

await runStage(apiSenderStage, kafkaTransport);
