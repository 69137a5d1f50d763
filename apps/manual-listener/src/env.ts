import { Length, Min } from 'class-validator';
import { Setting } from '@lts/env';
import { IntakeEnv } from '@lts/feed-intake';

/** Settings of the manual-listener. */
export class ManualListenerEnv extends IntakeEnv {
  @Setting({ name: 'competition_code', required: true, help: 'Code of the competition the frames belong to.' })
  @Length(1, 255)
  competitionCode!: string;

  @Setting({ name: 'speed', default: '1', help: 'Speed of a recording: 1, a factor, or max. Single frames (.txt) are sent at once.' })
  speed!: string;

  @Setting({ name: 'message_source', default: 'manual-listener', help: 'Becomes the source of the messages.' })
  messageSource!: string;

  @Setting({ name: 'spool_path', default: './artifacts/manual-listener/spool', help: 'Folder of the single frames that wait for the broker; recordings need none.' })
  spoolPath!: string;

  @Setting({ name: 'spool_max_mb', kind: 'whole', default: 64, help: 'Single frames that may wait, MB; beyond it no more are read.' })
  @Min(1)
  spoolMaxMb!: number;
}
