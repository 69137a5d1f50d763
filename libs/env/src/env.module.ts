import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';

/** Gives the stage its validated settings: inject the environment class itself. */
@Module({})
export class EnvModule {
  static forRoot<Env extends object>(type: Type<Env>, env: Readonly<Env>): DynamicModule {
    return {
      module: EnvModule,
      global: true,
      imports: [ConfigModule.forRoot({ ignoreEnvFile: true, ignoreEnvVars: true, load: [() => ({ ...env })] })],
      providers: [{ provide: type, useValue: env }],
      exports: [type],
    };
  }
}
