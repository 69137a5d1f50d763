import type { Json } from './started-api.js';

const timing = { position: 1, last_time: 60_000, best_time: 59_000, lap: 4, gap: 0, gap_unit: 'laps', interval: null, interval_unit: null, stage: 'race', pit_time: null, kart_status: 'good', fixed_kart_status: null, number_pits: 1 };
const karts = { kart_status: 'unknown', fixed_kart_status: null };
const state = { status: 'ongoing', stage: 'race', remaining_length: 90, remaining_length_unit: 'laps' };

/** An installation of the original with one race: an invented one, in its table and column names. */
export const ORIGINAL: Record<string, Json[]> = {
  api_auth: [
    { key: 'kept-viewer-key', bearer: null, name: 'Reader', role: 'viewer' },
    { key: 'kept-batch-key', bearer: 'kept-batch-bearer', name: 'Writer', role: 'batch' },
  ],
  tracks: [{ name: 'Hill Ring' }, { id: 7, name: 'Lake Ring' }],
  competitions_index: [{ id: 3, track_id: 7, competition_code: 'winter-cup', name: 'Winter Cup', description: '' }],
  competitions_settings: [{ competition_id: 3, length: 100, length_unit: 'laps', pit_time: 90_000, min_number_pits: 2 }],
  competitions_metadata_current: [{ competition_id: 3, reference_time: null, reference_current_offset: null, ...state }],
  competitions_metadata_history: [{ competition_id: 3, ...state, status: 'paused' }, { competition_id: 3, ...state }],
  participants_teams: [{ id: 11, competition_id: 3, participant_code: 'r1', name: 'OWLS', number: 41 }, { id: 12, competition_id: 3, participant_code: 'r2', name: 'MOTHS', number: null, reference_time_offset: null }],
  participants_drivers: [{ id: 5, competition_id: 3, team_id: 11, participant_code: 'r1', name: 'ANNA', number: 41, total_driving_time: 1_000, partial_driving_time: 500 }, { id: 6, competition_id: 3, team_id: null, participant_code: 's1', name: 'SOLO', number: null }],
  timing_current: [{ competition_id: 3, team_id: 11, driver_id: 5, ...timing }, { competition_id: 3, team_id: 12, driver_id: null, ...timing, position: 2 }, { competition_id: 3, team_id: null, driver_id: 6, ...timing, position: 3 }],
  timing_history: [{ competition_id: 3, team_id: 11, driver_id: 5, ...timing, insert_date: '2025-03-30 02:30:00', update_date: '2025-03-30 02:30:00' }],
  timing_pits_in: [{ id: 20, competition_id: 3, team_id: 11, driver_id: 5, lap: 2, pit_time: 91_000, ...karts }, { id: 21, competition_id: 3, team_id: 11, driver_id: 5, lap: 4, pit_time: null, ...karts }],
  timing_pits_out: [{ id: 30, competition_id: 3, team_id: 11, driver_id: 5, ...karts }],
  timing_pits_in_out: [{ pit_in_id: 20, pit_out_id: 30 }],
  strategy_pits_stats: [{ pit_in_id: 20, best_time: 59_000, avg_time: 59_500 }],
  strategy_pits_karts: [{ competition_id: 3, pit_in_id: 20, step: 1, kart_status: 'good', probability: 62.5 }],
  parsers_settings: [{ competition_id: 3, name: 'timing-lap', value: 'c6' }],
  stats_health: [{ name: 'script_parser', label: null, status: 'ok', message: null }],
};
