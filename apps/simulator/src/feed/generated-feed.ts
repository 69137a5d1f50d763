import { Simulation, type SimulationOptions, withFaults } from '@lts/race-simulator';
import { RaceHistory } from '../history/race-history.js';
import type { Feed, FeedFrame, FeedPage } from './feed.js';

/** Fault that keeps the page from whoever joins. */
const MISSING_PAGE = 'missing-page';

/** A generated day as a feed; a client that joins late gets the whole page of the present moment. */
export class GeneratedFeed implements Feed {
  private simulation: Simulation | null = null;
  private readonly kept = new RaceHistory();

  /** @param faults names of `FRAME_FAULTS` */
  constructor(
    private readonly options: SimulationOptions,
    private readonly faults: readonly string[] = [],
  ) {}

  *frames(): Generator<FeedFrame> {
    this.simulation = new Simulation(this.options);
    for (const frame of withFaults(this.simulation.frames(), this.faults, this.options.seed)) {
      this.keep(this.simulation);
      yield frame;
    }
    this.keep(this.simulation);
  }

  /** Made when it is asked for, since most moments are seen by nobody who joins. */
  page(): FeedPage | null {
    const text = this.faults.includes(MISSING_PAGE) ? null : (this.simulation?.page() ?? null);
    return text === null ? null : { text, holdsTaken: true };
  }

  history(request: string): string {
    return this.kept.answer(request);
  }

  private keep(simulation: Simulation): void {
    const records = simulation.takeTruth();
    for (const record of records) this.kept.add(record);
    if (records.some(({ kind }) => kind === 'result')) this.kept.ended(simulation.page() ?? '');
  }
}
