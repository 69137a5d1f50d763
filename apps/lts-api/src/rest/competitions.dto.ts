import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsString, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import { LENGTH_UNITS } from '../engine/vocabulary.js';

/** Body of a track. */
export class TrackDto {
  @IsString()
  @MaxLength(255)
  name!: string;
}

/** Rules of a competition: length in its unit, `pit_time` the least time of a stop in ms. */
export class SettingsDto {
  @IsInt()
  @Min(0)
  length!: number;

  @IsIn(LENGTH_UNITS)
  length_unit!: string;

  @ValidateIf((_settings: SettingsDto, value: unknown) => value !== null)
  @IsInt()
  @Min(0)
  pit_time!: number | null;

  @IsInt()
  @Min(0)
  min_number_pits!: number;
}

/** Body of a new competition. */
export class CompetitionDto {
  @IsInt()
  track_id!: number;

  @IsString()
  @MaxLength(255)
  competition_code!: string;

  @IsString()
  @MaxLength(255)
  name!: string;

  @IsString()
  @MaxLength(2000)
  description!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SettingsDto)
  settings!: SettingsDto;
}
