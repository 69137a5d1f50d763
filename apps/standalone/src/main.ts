import { orExplain } from '@lts/bootstrap';
import { runStandalone } from './run-standalone.js';

await orExplain(runStandalone);
