import { Min } from 'class-validator';
import { Setting } from '@lts/env';

/** Settings of the command that parses recordings without a pipeline. */
export class ParseEnv {
  @Setting({ name: 'state', kind: 'yes-no', default: false, help: 'Print the state at the end as one JSON document, instead of the records.' })
  state!: boolean;

  @Setting({ name: 'at', kind: 'whole', help: 'Stop after this frame, counted from 1 over all files.' })
  @Min(1)
  at?: number;

  @Setting({ name: 'competition_code', default: 'replay', help: 'Competition of frames whose recording names none.' })
  competitionCode!: string;
}
