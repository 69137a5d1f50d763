import { KART_STATUSES, LENGTH_UNITS, STAGES } from '../../engine/vocabulary.js';
import { Field } from '../request/fields.js';
import { nullable, oneOf, whole, yesNo } from '../request/kinds.js';

/** A whole row of timing; times in ms. */
export class TimingBody {
  @Field(nullable(whole)) driver_id!: number | null;
  @Field(whole) position!: number;
  @Field(whole) last_time!: number;
  @Field(whole) best_time!: number;
  @Field(whole) lap!: number;
  @Field(nullable(whole)) gap!: number | null;
  @Field(nullable(oneOf(LENGTH_UNITS))) gap_unit!: string | null;
  @Field(nullable(whole)) interval!: number | null;
  @Field(nullable(oneOf(LENGTH_UNITS))) interval_unit!: string | null;
  @Field(oneOf(STAGES)) stage!: string;
  @Field(nullable(whole)) pit_time!: number | null;
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(nullable(oneOf(KART_STATUSES))) fixed_kart_status!: string | null;
  @Field(whole) number_pits!: number;
  /** Has no effect: a whole row says its best time itself. */
  @Field(yesNo, true) auto_best_time!: boolean;
  @Field(yesNo, true) auto_other_positions!: boolean;
}

export class PositionBody {
  @Field(whole) position!: number;
  @Field(yesNo, true) auto_other_positions!: boolean;
}

export class LastTimeBody {
  @Field(whole) last_time!: number;
  @Field(yesNo, true) auto_best_time!: boolean;
}

export class BestTimeBody {
  @Field(whole) best_time!: number;
}

export class LapBody {
  @Field(whole) lap!: number;
}

export class GapBody {
  @Field(nullable(whole)) gap!: number | null;
  @Field(nullable(oneOf(LENGTH_UNITS))) gap_unit!: string | null;
}

export class IntervalBody {
  @Field(nullable(whole)) interval!: number | null;
  @Field(nullable(oneOf(LENGTH_UNITS))) interval_unit!: string | null;
}

export class FixedKartStatusBody {
  @Field(nullable(oneOf(KART_STATUSES))) fixed_kart_status!: string | null;
}

export class NumberPitsBody {
  @Field(whole) number_pits!: number;
}
