import { Max, Min } from 'class-validator';
import { Setting, StageEnv } from '@lts/env';

/** Settings of raw-storage. */
export class RawStorageEnv extends StageEnv {
  @Setting({ name: 'kafka_consume', default: 'raw-messages', help: 'Topic the frames are read from.' })
  kafkaConsume!: string;

  @Setting({ name: 'kafka_group', default: 'raw-storage', help: 'Consumer group.' })
  kafkaGroup!: string;

  @Setting({ name: 'output_path', default: './artifacts/logs', help: 'Folder of the recordings, one folder a competition.' })
  outputPath!: string;

  @Setting({ name: 'rotate_mb', kind: 'whole', default: 64, help: 'A file of this size is followed by a new one, MB.' })
  @Min(1)
  @Max(4096)
  rotateMb!: number;

  @Setting({ name: 'compress', kind: 'yes-no', default: true, help: 'Compress files that are finished.' })
  compress!: boolean;

  @Setting({ name: 'max_open_recordings', kind: 'whole', default: 200, help: 'Recordings kept open at once; the one longest unused is closed.' })
  @Min(1)
  maxOpenRecordings!: number;
}
