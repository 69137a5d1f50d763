import { Module } from '@nestjs/common';
import { SimulatorService } from './simulator.service.js';

/** Root module of the simulator. */
@Module({ providers: [SimulatorService], exports: [SimulatorService] })
export class SimulatorModule {}
