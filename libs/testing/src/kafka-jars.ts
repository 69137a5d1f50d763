import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const KAFKA_VERSION = '4.1.0';
const cacheFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../../../node_modules/.cache/lts-kafka');

/** Kafka itself, its tool that prepares a data folder, and what makes it write a log. */
const ARTIFACTS = [
  ['org.apache.kafka', 'kafka_2.13', KAFKA_VERSION],
  ['org.apache.kafka', 'kafka-tools', KAFKA_VERSION],
  ['org.slf4j', 'slf4j-simple', '1.7.36'],
];

function pom(): string {
  const dependencies = ARTIFACTS.map(([group, artifact, version]) => `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`);
  const project = '<modelVersion>4.0.0</modelVersion><groupId>lts</groupId><artifactId>test-broker</artifactId><version>1</version>';
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">${project}<dependencies>${dependencies.join('')}</dependencies></project>\n`;
}

/** True when this machine can run a broker: it has Java, and the jars or Maven to fetch them. */
export function canRunKafka(): boolean {
  const runs = (program: string, argument: string): boolean => spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
  return runs('java', '-version') && (existsSync(jarsFolder()) || runs('mvn', '--version'));
}

function jarsFolder(): string {
  return join(cacheFolder, `jars-${KAFKA_VERSION}`);
}

/**
 * Folder of Kafka's jars (54 MB), fetched once from Maven Central into the workspace's cache.
 *
 * @throws Error with Maven's own words when they cannot be fetched
 */
export function kafkaJars(): string {
  if (existsSync(jarsFolder())) return jarsFolder();
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'fetch-'));
  writeFileSync(join(folder, 'pom.xml'), pom());
  const fetched = spawnSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'jars')}`], { cwd: folder, encoding: 'utf8' });
  if (fetched.status !== 0) throw new Error(`Kafka's jars cannot be fetched by Maven:\n${fetched.stdout}${fetched.stderr}`);
  // two suites that fetch at the same time: the first one wins
  if (!existsSync(jarsFolder())) renameSync(join(folder, 'jars'), jarsFolder());
  rmSync(folder, { recursive: true, force: true });
  return jarsFolder();
}
