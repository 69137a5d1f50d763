import { KART_STATUSES, STAGES } from '../engine/vocabulary.js';
import { Field } from './request/fields.js';
import { nullable, oneOf, whole } from './request/kinds.js';

/** Single fields that several resources have. */
export class DriverBody {
  @Field(nullable(whole)) driver_id!: number | null;
}

/** Time in the pit lane, ms. */
export class PitTimeBody {
  @Field(nullable(whole)) pit_time!: number | null;
}

export class KartStatusBody {
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
}

export class StageBody {
  @Field(oneOf(STAGES)) stage!: string;
}
