import { runStage } from '@lts/bootstrap';
import { noTransport } from '@lts/messaging';
import { ltsApiStage } from './stage.js';

await runStage(ltsApiStage, noTransport);
