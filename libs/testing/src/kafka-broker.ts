import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentValue } from '@lts/env';
import { freePort } from './free-port.js';
import { kafkaJars } from './kafka-jars.js';
import { type SecuredDoors, newSecuredDoors, scramUsers, securedSettings } from './kafka-security.js';

/** Time a broker may take to answer, ms. */
export const START_LIMIT_MS = 60_000;
const LOOK_AGAIN_MS = 100;

/** A broker for tests: one named in the environment, or one of our own. */
export interface KafkaBroker {
  servers: string[];
  /** Ends the broker as a crash would; its data stays. Null for a broker that is not ours. */
  kill: (() => Promise<void>) | null;
  /** Starts it again on the same port with the same data. */
  startAgain: () => Promise<void>;
  /** Makes a topic, of one partition if nothing else is said. */
  createTopic: (topic: string, partitions?: number) => void;
  deleteTopic: (topic: string) => void;
  /** Its secured doors, if it was started with them. */
  secured: SecuredDoors | null;
  /** Ends it and removes its data. */
  stop: () => Promise<void>;
}

export interface KafkaBrokerOptions {
  /** A broker of our own, whatever the environment names: it can be killed, and has no topics but those of the test. */
  own?: boolean;
  /** A broker of our own that also has doors with TLS, users and access lists. */
  secured?: boolean;
}

/** The brokers that the environment names, unless the suite needs one of our own. */
export function namedBrokers({ own = false, secured = false }: KafkaBrokerOptions): string[] | null {
  const named = environmentValue('KAFKA_SERVERS');
  return named === undefined || own || secured ? null : named.split(',');
}

/** Runs Kafka's own tool for topics. */
function changeTopic(servers: readonly string[], topic: string, change: readonly string[]): void {
  const command = ['org.apache.kafka.tools.TopicCommand', '--bootstrap-server', servers.join(','), '--topic', topic, ...change];
  const changed = spawnSync('java', ['-cp', join(kafkaJars(), '*'), ...command], { encoding: 'utf8' });
  if (changed.status !== 0) throw new Error(`The topic ${topic} cannot be changed (${change.join(' ')}):\n${changed.stdout}${changed.stderr}`);
}

/** How topics are made and removed on these brokers. */
function topicsOf(servers: readonly string[]): Pick<KafkaBroker, 'createTopic' | 'deleteTopic'> {
  return {
    createTopic: (topic, partitions = 1) => changeTopic(servers, topic, ['--create', '--if-not-exists', '--partitions', String(partitions)]),
    deleteTopic: (topic) => changeTopic(servers, topic, ['--delete']),
  };
}

/** One Kafka node in KRaft mode, with its data in a temporary folder. */
class OwnBroker implements KafkaBroker {
  readonly servers: string[];
  private child: ChildProcess | null = null;

  constructor(
    private readonly jars: string,
    private readonly folder: string,
    private readonly ports: { broker: number; controller: number },
    readonly secured: SecuredDoors | null,
  ) {
    this.servers = [`127.0.0.1:${ports.broker}`];
  }

  format(): void {
    writeFileSync(this.settingsFile(), `${this.settings().join('\n')}\n`);
    const formatted = spawnSync('java', ['-cp', join(this.jars, '*'), 'kafka.tools.StorageTool', 'format', '--standalone', '-t', 'bHRzLXRlc3QtYnJva2VyMQ', '-c', this.settingsFile(), ...(this.secured === null ? [] : scramUsers(this.secured))], { encoding: 'utf8' });
    if (formatted.status !== 0) throw new Error(`The data folder of Kafka cannot be prepared:\n${formatted.stdout}${formatted.stderr}`);
  }

  startAgain = async (): Promise<void> => {
    const log = openSync(this.logFile(), 'a');
    const level = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
    this.child = spawn('java', ['-Xmx256m', '-XX:+UseSerialGC', level, '-cp', join(this.jars, '*'), 'kafka.Kafka', this.settingsFile()], { stdio: ['ignore', log, log] });
    process.once('exit', () => this.child?.kill('SIGKILL'));
    await this.answers();
  };

  kill = async (): Promise<void> => {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };

  createTopic = (topic: string, partitions?: number): void => topicsOf(this.servers).createTopic(topic, partitions);

  deleteTopic = (topic: string): void => topicsOf(this.servers).deleteTopic(topic);

  stop = async (): Promise<void> => {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  };

  private async answers(): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await isOpen(this.ports.broker))) {
      if (this.child?.exitCode != null || Date.now() > limit) throw new Error(`Kafka does not start:\n${readFileSync(this.logFile(), 'utf8').slice(-4_000)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  private settingsFile(): string {
    return join(this.folder, 'server.properties');
  }

  private logFile(): string {
    return join(this.folder, 'kafka.log');
  }

  private settings(): string[] {
    const { broker, controller } = this.ports;
    const doors = [`PLAINTEXT://127.0.0.1:${broker}`, ...(this.secured === null ? [] : [`SSL://${this.secured.mutualTls}`, `SASL_SSL://${this.secured.saslTls}`])].join(',');
    return [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.bootstrap.servers=127.0.0.1:${controller}`,
      `listeners=${doors},CONTROLLER://127.0.0.1:${controller}`,
      `advertised.listeners=${doors}`,
      'controller.listener.names=CONTROLLER',
      'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL',
      ...(this.secured === null ? [] : securedSettings(this.folder, this.secured)),
      `log.dirs=${join(this.folder, 'logs')}`,
      'auto.create.topics.enable=false',
      'offsets.topic.replication.factor=1',
      'offsets.topic.num.partitions=4',
      'transaction.state.log.replication.factor=1',
      'transaction.state.log.min.isr=1',
      'transaction.state.log.num.partitions=4',
      'group.initial.rebalance.delay.ms=0',
      // a broker that starts again after a crash waits until its former life counts as over
      'broker.session.timeout.ms=1500',
      'broker.heartbeat.interval.ms=300',
      'group.min.session.timeout.ms=1000',
    ];
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.unref();
    socket.once('connect', () => socket.destroy());
  });
}

/** The brokers of `KAFKA_SERVERS`, or a broker of our own (Java needed; the jars come from Maven Central once). */
export async function startKafkaBroker(options: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
  const servers = namedBrokers(options);
  const nothing = (): Promise<void> => Promise.resolve();
  if (servers !== null) {
    return { servers, kill: null, startAgain: nothing, ...topicsOf(servers), secured: null, stop: nothing };
  }
  const ports = { broker: await freePort(), controller: await freePort() };
  const folder = mkdtempSync(join(tmpdir(), 'lts-kafka-'));
  const doors = options.secured === true ? newSecuredDoors(folder, { mutualTls: await freePort(), saslTls: await freePort() }) : null;
  const broker = new OwnBroker(kafkaJars(), folder, ports, doors);
  broker.format();
  await broker.startAgain();
  return broker;
}
