import { KART_STATUSES } from '../../engine/vocabulary.js';
import { Field } from '../request/fields.js';
import { nullable, oneOf, whole, without } from '../request/kinds.js';

/** What a person has found out about a kart: `unknown` is nothing, and not stored. */
const fixedStatus = nullable(without(oneOf(KART_STATUSES), 'unknown'));

/** A new entry into the pit lane; `pit_time` in ms. */
export class PitInBody {
  @Field(nullable(whole)) team_id!: number | null;
  @Field(nullable(whole)) driver_id!: number | null;
  @Field(whole) lap!: number;
  @Field(nullable(whole)) pit_time!: number | null;
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(fixedStatus) fixed_kart_status!: string | null;
}

/** A new exit from the pit lane. */
export class PitOutBody {
  @Field(nullable(whole)) team_id!: number | null;
  @Field(nullable(whole)) driver_id!: number | null;
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(fixedStatus) fixed_kart_status!: string | null;
}

/** An entry changed; team and driver stay. */
export class PitInChangeBody {
  @Field(whole) lap!: number;
  @Field(nullable(whole)) pit_time!: number | null;
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(fixedStatus) fixed_kart_status!: string | null;
}

/** An exit changed; team and driver stay. */
export class PitOutChangeBody {
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(fixedStatus) fixed_kart_status!: string | null;
}

export class FixedKartStatusBody {
  @Field(fixedStatus) fixed_kart_status!: string | null;
}
