import { Simulation, type SimulationOptions, withFaults } from '@lts/race-simulator';
import type { Feed, FeedFrame, FeedPage } from './feed.js';

/** Fault that keeps the page from whoever joins. */
const MISSING_PAGE = 'missing-page';

/** A generated day as a feed; a client that joins late gets the whole page of the present moment. */
export class GeneratedFeed implements Feed {
  private simulation: Simulation | null = null;

  /** @param faults names of `FRAME_FAULTS` */
  constructor(
    private readonly options: SimulationOptions,
    private readonly faults: readonly string[] = [],
  ) {}

  *frames(): Generator<FeedFrame> {
    this.simulation = new Simulation(this.options);
    yield* withFaults(this.simulation.frames(), this.faults, this.options.seed);
  }

  /** Made when it is asked for, since most moments are seen by nobody who joins. */
  page(): FeedPage | null {
    const text = this.faults.includes(MISSING_PAGE) ? null : (this.simulation?.page() ?? null);
    return text === null ? null : { text, holdsTaken: true };
  }
}
