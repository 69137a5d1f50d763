import { IsIn, Length, Matches, Max, Min } from 'class-validator';
import { Setting } from '@lts/env';

/** Settings of the whole pipeline in one process. */
export class StandaloneEnv {
  @Setting({ name: 'competition_code', help: 'Code of the competition; without it, and without --replay, a simulated demo race runs.' })
  @Length(1, 255)
  competitionCode?: string;

  @Setting({ name: 'websocket_uri', help: "The circuit's public live timing page, https://, or the timing provider's websocket, wss:// or ws://." })
  websocketUri?: string;

  @Setting({ name: 'websocket_headers', kind: 'list', default: [], help: 'Headers of the requests to the circuit, websocket, page and poll, Name=value separated by commas.' })
  websocketHeaders!: string[];

  @Setting({ name: 'competitions', kind: 'list', default: [], help: 'Several competitions at once, code=uri separated by commas.' })
  competitions!: string[];

  @Setting({ name: 'replay', help: 'Recording to replay: a file, or a folder of recordings.' })
  replay?: string;

  @Setting({ name: 'speed', help: 'Speed of a replay or of the demo: 1, a factor, or max. Default 1; max with --exit; 5 for the demo.' })
  speed?: string;

  @Setting({ name: 'exit', kind: 'yes-no', default: false, help: 'End when the replay is stored, with one line of JSON on stdout.' })
  exit!: boolean;

  @Setting({ name: 'api_port', kind: 'whole', default: 8090, help: 'Port of the page and the REST API.' })
  @Min(0)
  @Max(65535)
  apiPort!: number;

  @Setting({ name: 'host', default: '127.0.0.1', help: 'Address the page and the REST API listen on; other machines reach 0.0.0.0.' })
  host!: string;

  @Setting({ name: 'data_path', default: './artifacts', help: 'Folder of the database, the recordings and the spool.' })
  dataPath!: string;

  @Setting({ name: 'database_url', secret: true, help: 'PostgreSQL server instead of the database in the data folder, postgres://user:password@host:port/name.' })
  @Matches(/^postgres(ql)?:\/\//, { message: '--database_url must start with postgres://' })
  databaseUrl?: string;

  @Setting({ name: 'api_admin_key', secret: true, help: 'Key of the role admin; made up and kept in the data folder (api-keys.json) when not given.' })
  apiAdminKey?: string;

  @Setting({ name: 'api_batch_key', secret: true, help: 'Key of the role batch, which the stages use; made up and kept in the data folder when not given.' })
  apiBatchKey?: string;

  @Setting({ name: 'public_read', kind: 'yes-no', help: 'GETs need no key. Default: true on a loopback address, false elsewhere.' })
  publicRead?: boolean;

  @Setting({ name: 'api_import', kind: 'yes-no', default: false, help: 'Rows in the form of the original system may be loaded and read (POST /v1/admin/rows), from this machine without a key.' })
  apiImport!: boolean;

  @Setting({ name: 'seed', kind: 'whole', default: 24, help: 'Seed of the demo race; the same seed gives the same race.' })
  @Min(0)
  seed!: number;

  @Setting({ name: 'verbosity', kind: 'whole', default: 3, help: 'How much is logged: 0 silent, 1 debug, 2 info, 3 warning, 4 error, 5 critical.' })
  @IsIn([0, 1, 2, 3, 4, 5])
  verbosity!: number;
}
