import { Param } from '@nestjs/common';
import { PathReference } from './path.pipes.js';

/** The competition that a path names. */
export const InCompetition = (): ParameterDecorator => Param('competition_id', PathReference);

/** The team that a path names. */
export const OfTeam = (): ParameterDecorator => Param('team_id', PathReference);
