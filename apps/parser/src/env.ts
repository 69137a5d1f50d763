import { Max, Min } from 'class-validator';
import { ApiStageEnv, Setting } from '@lts/env';

/** Settings of the parser. */
export class ParserEnv extends ApiStageEnv {
  @Setting({ name: 'kafka_consume', default: 'raw-messages', help: 'Topic the frames are read from.' })
  kafkaConsume!: string;

  @Setting({ name: 'kafka_produce', default: 'standard', help: 'Topic the actions go to.' })
  kafkaProduce!: string;

  @Setting({ name: 'kafka_state', default: 'parser-state', help: 'Compacted topic of the states of the competitions, from which the parser takes up where it stood.' })
  kafkaState!: string;

  @Setting({ name: 'kafka_group', default: 'messages-parser', help: 'Consumer group.' })
  kafkaGroup!: string;

  @Setting({ name: 'errors_path', default: './artifacts/parser/errors', help: 'Folder of the messages that were rejected for good.' })
  errorsPath!: string;

  @Setting({ name: 'unknowns_path', default: './artifacts/parser/unknowns', help: 'Folder of the lines that no rule knows, one file a competition.' })
  unknownsPath!: string;

  @Setting({ name: 'unknowns_max_mb', kind: 'whole', default: 16, help: 'Size at which a file of unknown lines is not written any further, MB; the lines stay counted.' })
  @Min(1)
  @Max(4096)
  unknownsMaxMb!: number;

  @Setting({ name: 'recordings_path', help: 'Embedded only: folder of the recordings that raw-storage writes; the parser takes up from them where it stood. On Kafka it takes up from kafka_state.' })
  recordingsPath?: string;

  @Setting({ name: 'max_competitions', kind: 'whole', default: 100, help: 'Competitions kept in memory at once; the one longest unused is let go.' })
  @Min(1)
  maxCompetitions!: number;
}
