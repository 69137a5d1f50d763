import type { Initialize, SessionFacts } from '@lts/race-actions';
import { parserSettingsOf } from '../columns.js';
import { participantOf } from '../rows/tell-row.js';
import type { State } from '../state.js';

/** What the feed has said of the present session. */
export function sessionFactsOf({ session, stage, stageText, header, ranking }: State): SessionFacts {
  const { title1, title2, track, trackLengthM } = header;
  return { session, stage, stage_text: stageText, title1, title2, track, track_length_m: trackLengthM, ranking };
}

/** The whole competition after a page; without live timing it has no rows. */
export function initializeOf(state: State): Initialize {
  const { header, pageOpen, rows, columns } = state;
  const present = pageOpen === 'n' ? [] : [...rows.values()].filter((row) => row.present);
  return {
    ...sessionFactsOf(state),
    ...(pageOpen === 'n' ? { ranking: 'none' as const } : {}),
    status: header.status,
    flag: header.flag,
    remaining_length: header.remaining,
    participants: present.sort((left, right) => left.position - right.position).map((row) => participantOf(row, columns)),
    parsers_settings: parserSettingsOf(columns),
    weather: { ...header.weather },
    clocks: header.clocks.filter((clock) => clock !== null),
    best_lap: state.bestLap,
    utc_offset_h: header.utcOffsetH,
  };
}
