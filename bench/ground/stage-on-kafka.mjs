import { runStage } from '@lts/bootstrap';
import { kafkaTransport } from '@lts/messaging';

/** A stage with limits of the transport that no setting offers: `stage-on-kafka.mjs <app> <limits as JSON> --flag=value …`. */
const [app, limits] = process.argv.splice(2, 2);
const stage = Object.values(await import(`@lts/${app}`)).find((exported) => exported?.name === app && 'module' in exported);
await runStage(stage, (env, name) => kafkaTransport(env, name, JSON.parse(limits)));
