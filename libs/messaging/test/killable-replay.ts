import { ParkedTopics } from '../src/index.js';

/** A process to be killed: puts back all that was set apart from a topic. Arguments: servers, topic. */
const [servers = '', topic = ''] = process.argv.slice(2);
process.stdout.write('begins\n');
await new ParkedTopics({ kafkaServers: servers.split(',') }, 'killable').replay(topic, () => true);
