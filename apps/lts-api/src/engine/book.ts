import type { DriverRow, LapRow, MetadataRow, ParserSettingRow, PitInRow, PitOutRow, SessionRow, TeamRow, TimingRow } from './rows.js';

/** What the engine knows of one competition while it applies operations: the rows they read and write, by natural key. */
export class Book {
  readonly sessions = new Map<number, SessionRow>();
  readonly timing = new Map<number, TimingRow>();
  readonly parserSettings = new Map<string, ParserSettingRow>();
  /** Only those that the operations at hand name; see `lapKey` and `stopKey`. */
  readonly laps = new Map<string, LapRow>();
  readonly stops = new Map<string, PitInRow>();
  readonly stopsOut = new Map<number, PitOutRow>();
  private readonly byCode = new Map<string, TeamRow>();
  private readonly byTeamId = new Map<number, TeamRow>();
  private readonly names = new Map<string, number>();
  private readonly byDriverId = new Map<number, DriverRow>();
  private readonly byDriverName = new Map<string, DriverRow>();

  readonly competitionId: number;
  readonly code: string;
  /** Number of the current session. */
  session: number;
  /** The change counter this book agrees with. */
  change: number;

  constructor(
    competition: { id: number; competitionCode: string; session: number; change: number },
    public metadata: MetadataRow,
  ) {
    this.competitionId = competition.id;
    this.code = competition.competitionCode;
    this.session = competition.session;
    this.change = competition.change;
  }

  get teams(): Iterable<TeamRow> {
    return this.byTeamId.values();
  }

  teamByCode(code: string): TeamRow | undefined {
    return this.byCode.get(code);
  }

  teamById(id: number): TeamRow | undefined {
    return this.byTeamId.get(id);
  }

  /** Id of the team that has the name. */
  ownerOfName(name: string): number | undefined {
    return this.names.get(name);
  }

  putTeam(team: TeamRow): void {
    const before = this.byTeamId.get(team.id);
    if (before !== undefined) {
      this.names.delete(before.name);
      this.byCode.delete(before.participantCode);
    }
    this.byTeamId.set(team.id, team);
    this.byCode.set(team.participantCode, team);
    this.names.set(team.name, team.id);
  }

  get drivers(): Iterable<DriverRow> {
    return this.byDriverId.values();
  }

  driverByName(teamId: number | null, name: string): DriverRow | undefined {
    return this.byDriverName.get(driverKey(teamId, name));
  }

  driverById(id: number): DriverRow | undefined {
    return this.byDriverId.get(id);
  }

  putDriver(driver: DriverRow): void {
    const before = this.byDriverId.get(driver.id);
    if (before !== undefined) this.byDriverName.delete(driverKey(before.teamId, before.name));
    this.byDriverId.set(driver.id, driver);
    this.byDriverName.set(driverKey(driver.teamId, driver.name), driver);
  }
}

/** Unique in a competition. */
export function lapKey(session: number, teamId: number, ordinal: number): string {
  return `${session}/${teamId}/${ordinal}`;
}

export const stopKey = lapKey;

function driverKey(teamId: number | null, name: string): string {
  return `${teamId ?? '-'}/${name}`;
}
