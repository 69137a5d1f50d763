import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { type FolderLock, StageHealth, lockFolder } from '@lts/bootstrap';
import { LtsApiEnv } from '../env.js';
import { Database } from './connection.js';
import { DatabaseWatch } from './database-watch.js';
import { openDatabase } from './open-database.js';

/** The open database with the lock of its folder; closed last. */
@Injectable()
export class OpenedDatabase implements OnApplicationShutdown {
  private readonly watch: DatabaseWatch;

  constructor(
    readonly database: Database,
    health: StageHealth,
    private readonly lock: FolderLock | null,
  ) {
    this.watch = new DatabaseWatch(database);
    health.add('database', () => this.watch.report());
  }

  async onApplicationShutdown(): Promise<void> {
    this.watch.end();
    await this.database.close();
    await this.lock?.release();
  }
}

/** Opens the database that the settings name; a folder is taken for this process alone. */
export const databaseProviders: Provider[] = [
  {
    provide: OpenedDatabase,
    inject: [LtsApiEnv, StageHealth],
    useFactory: async (env: LtsApiEnv, health: StageHealth): Promise<OpenedDatabase> => {
      const folder = join(env.dataPath, 'database');
      const lock = env.databaseUrl === undefined ? await lockFolder(env.dataPath) : null;
      try {
        const database = await openDatabase({ url: env.databaseUrl ?? null, folder });
        return new OpenedDatabase(database, health, lock);
      } catch (error) {
        await lock?.release();
        throw error;
      }
    },
  },
  { provide: Database, inject: [OpenedDatabase], useFactory: (opened: OpenedDatabase): Database => opened.database },
];
