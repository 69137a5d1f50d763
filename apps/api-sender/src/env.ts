import { Max, Min } from 'class-validator';
import { ApiStageEnv, Setting } from '@lts/env';

/** Settings of the api-sender. */
export class ApiSenderEnv extends ApiStageEnv {
  @Setting({ name: 'kafka_consume', default: 'standard', help: 'Topic the actions are read from.' })
  kafkaConsume!: string;

  @Setting({ name: 'kafka_group', default: 'api-sender', help: 'Consumer group.' })
  kafkaGroup!: string;

  @Setting({ name: 'errors_path', default: './artifacts/api/errors', help: 'Folder of the messages that were rejected for good.' })
  errorsPath!: string;

  @Setting({ name: 'auto_create_competition', kind: 'yes-no', default: false, help: 'A competition that the API does not know is made, with a track of the name that the feed gives. Without it, its actions wait until somebody makes it.' })
  autoCreateCompetition!: boolean;

  @Setting({ name: 'batch_operations', kind: 'whole', default: 2_000, help: 'Operations sent at once, about; frames are never split.' })
  @Min(1)
  @Max(20_000)
  batchOperations!: number;
}
