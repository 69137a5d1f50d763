import { Min } from 'class-validator';
import { Setting } from '@lts/env';

/** Settings of the command that parses recordings without a pipeline. */
export class ParseEnv {
  @Setting({ name: 'state', kind: 'yes-no', default: false, help: 'Print the state at the end as one JSON document, instead of the records.' })
  state!: boolean;

  @Setting({ name: 'explain', kind: 'yes-no', default: false, help: 'Print each line with the rule of docs/protocol.md that takes it, and what each column of a table is taken for.' })
  explain!: boolean;

  @Setting({ name: 'unknown', kind: 'yes-no', default: false, help: 'Print the lines that no rule takes, each with how often it came.' })
  unknown!: boolean;

  @Setting({ name: 'at', kind: 'whole', help: 'Stop after this frame, counted from 1 over all files.' })
  @Min(1)
  at?: number;

  @Setting({ name: 'competition_code', default: 'replay', help: 'Competition of frames whose recording names none.' })
  competitionCode!: string;
}
