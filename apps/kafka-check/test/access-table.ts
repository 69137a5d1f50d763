import { readFileSync } from 'node:fs';
import type { BrokerRight } from '@lts/testing';

const PAGE = new URL('../../../docs/kafka-access.md', import.meta.url);

/** The rights of a stage, as the page for people lists them; `topic` stands for the one a command is about. */
export function rightsOf(stage: string, topic = ''): BrokerRight[] {
  const row = readFileSync(PAGE, 'utf8').split('\n').map((line) => line.split('|').map((cell) => cell.trim().replaceAll('<topic>', topic))).find(([, stages]) => stages?.includes(stage));
  if (row === undefined) throw new Error(`docs/kafka-access.md does not list ${stage}.`);
  const [, , read = '', write = '', groups = ''] = row;
  const topics = [...ofTopics(read, 'READ'), ...ofTopics(write, 'WRITE')];
  return [...topics, ...groups.split(';').flatMap(ofGroups)];
}

/** `a`, `b`, Describe on `c` */
function ofTopics(cell: string, operation: 'READ' | 'WRITE'): BrokerRight[] {
  return [...cell.matchAll(/(Describe on )?`([^`]+)`/g)].map(([, describe, name]) => ({ resource: 'TOPIC', name: name!, operation: describe === undefined ? operation : 'DESCRIBE' }));
}

/** `a`N, `b`: Read, Delete */
function ofGroups(part: string): BrokerRight[] {
  const operations = part.slice(part.lastIndexOf(':') + 1).split(',').map((word) => word.trim().toUpperCase() as BrokerRight['operation']);
  const resource = part.includes('transactional id') ? 'TRANSACTIONAL_ID' : 'GROUP';
  return [...part.matchAll(/`([^`]+)`(N?)/g)].flatMap(([, name, prefix]) => operations.map((operation): BrokerRight => ({ resource, name: name!, isPrefix: prefix === 'N', operation })));
}
