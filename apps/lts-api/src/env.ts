import { Matches, Max, Min } from 'class-validator';
import { AppEnv, Setting } from '@lts/env';

/** Settings of lts-api. */
export class LtsApiEnv extends AppEnv {
  @Setting({ name: 'api_host', default: '127.0.0.1', help: 'Address the API listens on.' })
  apiHost!: string;

  @Setting({ name: 'api_port', kind: 'whole', default: 8090, help: 'Port the API listens on; 0 takes a free one.' })
  @Min(0)
  @Max(65535)
  apiPort!: number;

  @Setting({ name: 'data_path', default: './artifacts', help: 'Folder of the built-in database (its part `database`).' })
  dataPath!: string;

  @Setting({ name: 'database_url', secret: true, help: 'PostgreSQL server instead of the built-in database, postgres://user:password@host:port/name.' })
  @Matches(/^postgres(ql)?:\/\//, { message: '--database_url must start with postgres://' })
  databaseUrl?: string;

  @Setting({ name: 'public_read', kind: 'yes-no', default: false, help: 'GETs without an Authorization header need no key.' })
  publicRead!: boolean;

  @Setting({ name: 'api_admin_key', secret: true, help: 'Key of the role admin, made at start; without one, and in an empty database, a key is made up and printed once.' })
  apiAdminKey?: string;

  @Setting({ name: 'api_batch_key', secret: true, help: 'Key of the role batch for the stages, made at start.' })
  apiBatchKey?: string;

  @Setting({ name: 'api_import', kind: 'yes-no', default: false, help: 'Rows in the form of the original system may be loaded and read (POST /v1/admin/rows): as admin, or from this machine without a key while the API listens on a loopback address. Only to move an installation over, and for tests.' })
  apiImport!: boolean;

  @Setting({ name: 'web_path', help: 'Folder of the built page, served at /; none when not given.' })
  webPath?: string;

  @Setting({ name: 'bearer_hours', kind: 'whole', default: 24 * 7, help: 'How long a bearer is valid, hours.' })
  @Min(1)
  bearerHours!: number;

  @Setting({ name: 'max_live_clients', kind: 'whole', default: 500, help: 'Live streams open at once.' })
  @Min(1)
  maxLiveClients!: number;
}
