import { type RaceOptions, SimulatedRace } from '@lts/race-simulator';
import type { Feed } from './feed.js';
import type { FeedFrame } from './feed-player.js';

/** A generated race as a feed; a client that joins late gets the whole page of the present moment. */
export class GeneratedFeed implements Feed {
  private race: SimulatedRace | null = null;

  constructor(private readonly options: RaceOptions) {}

  frames(): Iterable<FeedFrame> {
    this.race = new SimulatedRace(this.options);
    return this.race.frames();
  }

  page(): string | null {
    return this.race?.page() ?? null;
  }
}
