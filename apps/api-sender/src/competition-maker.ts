import { Logger } from '@nestjs/common';
import { ApiRejection, type LtsApiClient } from '@lts/api-client';

const UNKNOWN_TRACK = 'Unknown track';

/** Makes competitions that the API does not know. */
export class CompetitionMaker {
  private readonly logger = new Logger(CompetitionMaker.name);

  constructor(private readonly api: LtsApiClient) {}

  /** Makes track and competition; nothing happens when another instance was quicker. */
  async make(competition: string, track: string | null): Promise<void> {
    const trackName = track ?? UNKNOWN_TRACK;
    const settings = { length: 0, length_unit: 'laps', pit_time: null, min_number_pits: 0 } as const;
    const trackId = await this.api.trackId(trackName);
    try {
      await this.api.createCompetition({ track_id: trackId, competition_code: competition, name: competition, description: '', settings });
      this.logger.log({ event: 'competition-made', competitionCode: competition, track: trackName });
    } catch (error) {
      if (!(error instanceof ApiRejection) || (await this.api.competition(competition)) === null) throw error;
    }
  }
}
