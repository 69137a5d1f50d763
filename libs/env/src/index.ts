export { EnvModule } from './env.module.js';
export { environmentValue } from './environment-value.js';
export { EnvFaults, HelpAsked, readEnv } from './read-env.js';
export type { EnvSources } from './read-env.js';
export { Setting, settingsOf, variableName } from './setting.js';
export type { DeclaredSetting, SettingKind, SettingOptions } from './setting.js';
export { ApiStageEnv, AppEnv, KafkaAccessEnv, StageEnv } from './stage-env.js';
