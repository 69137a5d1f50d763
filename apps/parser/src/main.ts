import { runStage } from '@lts/bootstrap';
import { kafkaTransport } from '@lts/messaging';
import { parserStage } from './stage.js';

await runStage(parserStage, kafkaTransport);
