import { KART_STATUSES } from '../../engine/vocabulary.js';
import { Field } from '../request/fields.js';
import { number, oneOf, whole } from '../request/kinds.js';

/** What a stint was worth, by the stop that ended it; times in ms. */
export class PitStatsBody {
  @Field(whole) pit_in_id!: number;
  @Field(whole) best_time!: number;
  @Field(whole) avg_time!: number;
}

/** How probable it is, in percent, that the kart handed out `step` stops ahead is of that status. */
export class PitKartBody {
  @Field(whole) competition_id!: number;
  @Field(whole) pit_in_id!: number;
  @Field(whole) step!: number;
  @Field(oneOf(KART_STATUSES)) kart_status!: string;
  @Field(number) probability!: number;
}
