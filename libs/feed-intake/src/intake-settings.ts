import { ApiStageEnv, Setting } from '@lts/env';
import type { TimingProvider } from '@lts/timing-providers';

/** Settings that every listener has, however it comes by its frames. */
export class IntakeEnv extends ApiStageEnv {
  @Setting({ name: 'kafka_produce', default: 'raw-messages', help: 'Topic the frames go to.' })
  kafkaProduce!: string;
}

/** What the intake needs to know of its stage's settings. */
export interface IntakeSettings {
  readonly kafkaProduce: string;
  readonly kafkaNotifications: string;
  /** Becomes `source` of the messages. */
  readonly messageSource: string;
  /** Folder of the spools, one file a competition. */
  readonly spoolPath: string;
  /** Frames of one competition that may wait, MB; they are held on disk and in memory. */
  readonly spoolMaxMb: number;
}

/** What a `FeedIntake` is made for. */
export interface IntakeParts {
  settings: IntakeSettings;
  /** Whose feeds may come. */
  providers: readonly TimingProvider[];
}

/** Injection token of the `IntakeParts`. */
export const INTAKE_PARTS = Symbol('intake parts');
