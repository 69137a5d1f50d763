import type { Initialize, Participant, SessionFacts } from '@lts/race-actions';
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
  const { session, stage, stageText, header, columns, bestLap } = state;
  const isLive = state.pageOpen !== 'n';
  return {
    session,
    stage,
    stage_text: stageText,
    title1: header.title1,
    title2: header.title2,
    track: header.track,
    track_length_m: header.trackLengthM,
    ranking: isLive ? state.ranking : 'none',
    status: header.status,
    flag: header.flag,
    remaining_length: header.remaining,
    participants: isLive ? participantsOf(state) : [],
    parsers_settings: parserSettingsOf(columns),
    weather: { sky: header.weather.sky, air_text: header.weather.air_text, track_text: header.weather.track_text },
    clocks: header.clocks.filter((clock) => clock !== null),
    best_lap: bestLap,
    utc_offset_h: header.utcOffsetH,
  };
}

function participantsOf({ rows, columns }: State): Participant[] {
  const present = [...rows.values()].filter((row) => row.present);
  return present.sort((left, right) => left.position - right.position).map((row) => participantOf(row, columns));
}
