import { type StandardMessage, standardMessage } from '@lts/contracts';
import { type RecordedFrame, RecordingIds } from '@lts/recordings';
import { CompetitionFold, type FoldOutcome, type UnknownLine } from '@lts/timing-providers';

const MOST_SHOWN_UNKNOWN = 5;
const SOURCE = 'parse';

/** Figures of a parsed recording. */
export interface ParsedCounts {
  frames: number;
  /** Lines that are not blank. */
  lines: number;
  actions: number;
  /** Records, that is frames that yielded actions. */
  records: number;
  unknown: number;
}

/** Several files as one recording of one competition, folded frame by frame. */
export class ParsedRecording {
  readonly counts: ParsedCounts = { frames: 0, lines: 0, actions: 0, records: 0, unknown: 0 };
  /** The first unknown lines; the others are counted only. */
  readonly unknownLines: (UnknownLine & { frame: number })[] = [];
  private readonly state = new CompetitionFold();
  private readonly ids = new RecordingIds();

  constructor(private readonly competition: string) {}

  /** The record that follows from the frame, null when nothing does. */
  fold(recorded: RecordedFrame): StandardMessage | null {
    const number = (this.counts.frames += 1);
    const { id, atMs, source } = this.ids.identify({ ...recorded, number });
    const outcome = this.state.apply({ atMs, text: recorded.text });
    this.count(outcome, number);
    if (outcome.actions.length === 0) return null;
    const actions = outcome.actions.map((action, index) => ({ ...action, id: `${id}:${index}` }));
    const data = { frame: id, at_ms: atMs, session: outcome.session, actions };
    return standardMessage({ id, competitionCode: recorded.competition ?? this.competition, source: source ?? SOURCE, atMs, data });
  }

  /** What the feed has said so far, as one document. */
  view(): unknown {
    return this.state.view();
  }

  private count({ counts, actions, unknownLines }: FoldOutcome, frame: number): void {
    this.counts.lines += counts.lines;
    this.counts.unknown += counts.unknown;
    this.counts.actions += actions.length;
    if (actions.length > 0) this.counts.records += 1;
    for (const line of unknownLines) if (this.unknownLines.length < MOST_SHOWN_UNKNOWN) this.unknownLines.push({ frame, ...line });
  }
}
