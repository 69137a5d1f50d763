import { Simulation, type SimulationOptions } from '@lts/race-simulator';
import type { Feed } from './feed.js';
import type { FeedFrame } from './feed-player.js';

/** A generated race as a feed; a client that joins late gets the whole page of the present moment. */
export class GeneratedFeed implements Feed {
  private shown: string | null = null;

  constructor(private readonly options: SimulationOptions) {}

  /** The page follows once a frame has been taken, since only then its clients have it. */
  *frames(): Generator<FeedFrame> {
    const simulation = new Simulation(this.options);
    for (const frame of simulation.frames()) {
      simulation.takeTruth();
      yield frame;
      this.shown = simulation.page();
    }
  }

  page(): string | null {
    return this.shown;
  }
}
