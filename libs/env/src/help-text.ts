import { type DeclaredSetting, variableName } from './setting.js';

/** The text of `--help`: every setting with its flag, variable, default and meaning. */
export function helpText(settings: readonly DeclaredSetting[]): string {
  const lines = settings.flatMap((setting) => [`  --${setting.name}  (${variableName(setting)}${defaultText(setting)})`, `      ${setting.help}`]);
  return ['Settings: flag over environment variable over .env.local over default.', '', ...lines, ''].join('\n');
}

function defaultText(setting: DeclaredSetting): string {
  if (setting.required === true) return ', required';
  if (setting.default === undefined || setting.secret === true) return '';
  return `, default ${String(setting.default)}`;
}
