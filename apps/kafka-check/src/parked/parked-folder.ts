import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PipelineError } from '@lts/contracts';
import { type ParkedMessage, parkedRecordIn } from '@lts/messaging';

const END = '.ndjson';
const UNKNOWN_TIME = new Date(0).toISOString();

/** What the stages of standalone have set apart: a file for each stage and topic, read here as the topic `<stage>/<topic>` whose offsets are its lines. */
export class ParkedFolder {
  private readonly folder: string;

  /** @throws PipelineError `LTS_CONFIGURATION` when there is no such folder */
  constructor(dataPath: string) {
    if (!existsSync(dataPath)) throw new PipelineError('LTS_CONFIGURATION', `There is no folder ${dataPath}. Correct --data.`);
    this.folder = join(dataPath, 'errors');
  }

  topics(): Promise<string[]> {
    if (!existsSync(this.folder)) return Promise.resolve([]);
    const stages = readdirSync(this.folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const topics = stages.flatMap(({ name }) => readdirSync(join(this.folder, name)).filter((file) => file.endsWith(END)).map((file) => `${name}/${file.slice(0, -END.length)}`));
    return Promise.resolve(topics.sort());
  }

  /** Hands over all lines in order; one that a crash has cut off is left out. @throws PipelineError `LTS_CONFIGURATION` when there is no such file */
  async each(topic: string, take: (messages: readonly ParkedMessage[]) => Promise<void> | void): Promise<void> {
    const topics = await this.topics();
    if (!topics.includes(topic)) throw new PipelineError('LTS_CONFIGURATION', `Nothing was set apart as ${topic} in ${this.folder}. There is: ${topics.join(', ') || 'nothing'}.`);
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(join(this.folder, `${topic}${END}`)), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const message = messageIn(line, { topic, partition: 0, offset: String(number) });
      if (message !== null) await take([message]);
    }
  }
}

function messageIn(line: string, place: ParkedMessage['place']): ParkedMessage | null {
  const record = parkedRecordIn(decoded(line));
  return record === null ? null : { place, at: record.at ?? UNKNOWN_TIME, state: 'waiting', record };
}

function decoded(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
