import { Max, Min } from 'class-validator';
import { Setting } from '@lts/env';

/** Flags of the command that writes a race and its truth into files. */
export class SimulateEnv {
  @Setting({ name: 'seed', kind: 'whole', default: 24, help: 'The same seed gives the same files, byte for byte.' })
  @Min(0)
  seed!: number;

  @Setting({ name: 'hours', default: '3', help: 'Length of the race, hours; may be a fraction.' })
  hours!: string;

  @Setting({ name: 'teams', kind: 'whole', default: 12, help: 'Number of teams.' })
  @Min(2)
  @Max(100)
  teams!: number;

  @Setting({ name: 'rules', help: 'Rules of the race, a name of the list below; the first one without it.' })
  rules?: string;

  @Setting({ name: 'dialect', help: 'Dialect of the feed, a name of the list below; the first one without it.' })
  dialect?: string;

  @Setting({ name: 'faults', kind: 'list', default: [], help: 'Faults, names of the list below separated by commas.' })
  faults!: string[];

  @Setting({ name: 'day', kind: 'yes-no', default: false, help: 'Practice and qualifying before the race.' })
  day!: boolean;

  @Setting({ name: 'eventful', kind: 'yes-no', default: false, help: 'A race for watching: much happens in a short time.' })
  eventful!: boolean;

  @Setting({ name: 'recording', help: 'File for the frames, one JSON object a line, compressed when the name ends in .gz; - is standard output.' })
  recording?: string;

  @Setting({ name: 'truth', help: 'File for what really happened, one JSON object a line, compressed when the name ends in .gz; - is standard output.' })
  truth?: string;
}
