import { Max, Min } from 'class-validator';
import { AppEnv, Setting } from '@lts/env';

/** Settings of the simulator. */
export class SimulatorEnv extends AppEnv {
  @Setting({ name: 'port', kind: 'whole', default: 8092, help: 'Port of the websocket, of the HTTP poll and of the circuit page; 0 takes any free one. Further circuits have 10 more each.' })
  @Min(0)
  @Max(65535)
  port!: number;

  @Setting({ name: 'host', default: '127.0.0.1', help: 'Address the circuits listen on; other machines reach 0.0.0.0.' })
  host!: string;

  @Setting({ name: 'circuits', kind: 'list', default: ['demo'], help: 'Circuits, name=dialect:seed separated by commas; dialect and seed may be left out. npm run simulate -- --help lists the dialects.' })
  circuits!: string[];

  @Setting({ name: 'recording', help: 'Recording to serve, a file or a folder; without it races are generated.' })
  recording?: string;

  @Setting({ name: 'seed', kind: 'whole', default: 24, help: 'Seed of the generated race; the same seed gives the same race.' })
  @Min(0)
  seed!: number;

  @Setting({ name: 'hours', default: '3', help: 'Length of a generated race, hours; may be a fraction.' })
  hours!: string;

  @Setting({ name: 'teams', kind: 'whole', default: 12, help: 'Teams of a generated race.' })
  @Min(2)
  @Max(100)
  teams!: number;

  @Setting({ name: 'rules', help: 'Rules of a generated race, a name that npm run simulate -- --help lists; the first one without it.' })
  rules?: string;

  @Setting({ name: 'dialect', help: 'Dialect of a generated race, a name of the same list; the first one without it.' })
  dialect?: string;

  @Setting({ name: 'day', kind: 'yes-no', default: false, help: 'Practice and qualifying before a generated race.' })
  day!: boolean;

  @Setting({ name: 'eventful', kind: 'yes-no', default: false, help: 'A generated race for watching: much happens in a short time.' })
  eventful!: boolean;

  @Setting({ name: 'faults', kind: 'list', default: [], help: 'Faults of the links and of the frames, names of the same list separated by commas.' })
  faults!: string[];

  @Setting({ name: 'speed', default: '1', help: 'Speed: a factor up to 10000 (1 is the speed of the race), or max (as fast as the clients read).' })
  speed!: string;

  @Setting({ name: 'loop', kind: 'yes-no', default: false, help: 'Start again after the end.' })
  loop!: boolean;

  @Setting({ name: 'result_seconds', kind: 'whole', default: 60, help: 'How long the result stays on show before the race starts again, seconds.' })
  @Min(0)
  resultSeconds!: number;

  @Setting({ name: 'client_buffer_kb', kind: 'whole', default: 4_096, help: 'What may wait for one client, KB; a client that is further behind is cut off.' })
  @Min(64)
  clientBufferKb!: number;
}
