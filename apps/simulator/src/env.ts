import { Max, Min } from 'class-validator';
import { AppEnv, Setting } from '@lts/env';

/** Settings of the simulator. */
export class SimulatorEnv extends AppEnv {
  @Setting({ name: 'port', kind: 'whole', default: 8092, help: 'Port of the websocket; 0 takes any free one.' })
  @Min(0)
  @Max(65535)
  port!: number;

  @Setting({ name: 'host', default: '127.0.0.1', help: 'Address the websocket listens on; other machines reach 0.0.0.0.' })
  host!: string;

  @Setting({ name: 'recording', help: 'Recording to serve, a file or a folder; without it a race is generated.' })
  recording?: string;

  @Setting({ name: 'seed', kind: 'whole', default: 24, help: 'Seed of the generated race; the same seed gives the same race.' })
  @Min(0)
  seed!: number;

  @Setting({ name: 'teams', kind: 'whole', default: 12, help: 'Teams of the generated race.' })
  @Min(2)
  @Max(60)
  teams!: number;

  @Setting({ name: 'race_minutes', kind: 'whole', default: 180, help: 'Length of the generated race, minutes.' })
  @Min(5)
  @Max(1_440)
  raceMinutes!: number;

  @Setting({ name: 'speed', default: '1', help: 'Speed: a factor from 1 to 10000, or max (as fast as the clients read).' })
  speed!: string;

  @Setting({ name: 'loop', kind: 'yes-no', default: false, help: 'Start again after the end.' })
  loop!: boolean;

  @Setting({ name: 'client_buffer_kb', kind: 'whole', default: 4_096, help: 'What may wait for one client, KB; a client that is further behind is cut off.' })
  @Min(64)
  clientBufferKb!: number;
}
