import { Field } from '../request/fields.js';
import { nullable, text, whole, yesNo } from '../request/kinds.js';

/** A team or a driver. */
export class ParticipantBody {
  @Field(text()) participant_code!: string;
  @Field(text()) name!: string;
  @Field(nullable(whole)) number!: number | null;
}

/** Driving time of the running stint, ms. */
export class PartialDrivingTimeBody {
  @Field(whole) partial_driving_time!: number;
  @Field(yesNo, true) auto_compute_total!: boolean;
}

/** Driving time of the race so far, ms. */
export class TotalDrivingTimeBody {
  @Field(whole) total_driving_time!: number;
}
