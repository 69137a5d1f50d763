import { runStage } from '@lts/bootstrap';
import { kafkaTransport } from '@lts/messaging';
import { wsListenerStage } from './stage.js';

await runStage(wsListenerStage, kafkaTransport);
