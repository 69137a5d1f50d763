import { LENGTH_UNITS, STAGES, STATUSES } from '../../engine/vocabulary.js';
import { Field, nested } from '../request/fields.js';
import { nullable, oneOf, text, whole } from '../request/kinds.js';

const LONGEST_DESCRIPTION = 2_000;

/** Body of a track. */
export class TrackBody {
  @Field(text()) name!: string;
}

/** Rules of a competition: length in its unit, `pit_time` the least time of a stop in ms. */
export class SettingsBody {
  @Field(whole) length!: number;
  @Field(oneOf(LENGTH_UNITS)) length_unit!: string;
  @Field(nullable(whole)) pit_time!: number | null;
  @Field(whole) min_number_pits!: number;
}

/** Body of a new competition. */
export class CompetitionBody {
  @Field(whole) track_id!: number;
  @Field(text()) competition_code!: string;
  @Field(text()) name!: string;
  @Field(text(LONGEST_DESCRIPTION)) description!: string;
  @Field(nested(SettingsBody)) settings!: SettingsBody;
}

/** What the race control panel shows: all of it. */
export class MetadataBody {
  @Field(oneOf(STATUSES)) status!: string;
  @Field(oneOf(STAGES)) stage!: string;
  @Field(whole) remaining_length!: number;
  @Field(oneOf(LENGTH_UNITS)) remaining_length_unit!: string;
}

export class RemainingLengthBody {
  @Field(whole) remaining_length!: number;
  @Field(oneOf(LENGTH_UNITS)) remaining_length_unit!: string;
}

export class StatusBody {
  @Field(oneOf(STATUSES)) status!: string;
}

/** A new setting of the parser. */
export class ParserSettingBody {
  @Field(text()) name!: string;
  @Field(text()) value!: string;
}

export class ParserSettingValueBody {
  @Field(text()) value!: string;
}
