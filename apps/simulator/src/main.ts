import { runStage } from '@lts/bootstrap';
import { noTransport } from '@lts/messaging';
import { simulatorStage } from './stage.js';

await runStage(simulatorStage, noTransport);
