import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, root } from './ensure-built.mjs';

/**
 * Writes `.env.local` from the settings that the apps declare, so that it names every variable with its meaning, unit and
 * default. Values that were entered stay.
 *
 *   node scripts/env-file.mjs           writes the file
 *   node scripts/env-file.mjs --check   ends with 1 when the file in place says something else
 */
ensureBuilt();
const { settingsOf, variableName } = await import(built('libs/env/dist/index.js'));
const path = join(root, '.env.local');
const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
const text = fileText(await declared(), entered(before));

if (!process.argv.includes('--check')) writeFileSync(path, text);
else if (text !== before) {
  process.stderr.write('.env.local does not name the settings as the apps declare them. Run: node scripts/env-file.mjs\n');
  process.exit(1);
}

function built(file) {
  return pathToFileURL(join(root, file)).href;
}

/** Variable -> the settings of that name, each with the app that declares it. */
async function declared() {
  const found = new Map();
  for (const app of readdirSync(join(root, 'apps')).sort()) {
    const file = `apps/${app}/dist/env.js`;
    if (!existsSync(join(root, file))) continue;
    for (const type of Object.values(await import(built(file))).filter((value) => typeof value === 'function')) {
      for (const setting of settingsOf(type)) {
        const name = variableName(setting);
        found.set(name, [...(found.get(name) ?? []), { app, ...setting }]);
      }
    }
  }
  return found;
}

/** Lines that somebody has filled in. */
function entered(file) {
  return new Map([...file.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([line, name]) => [name, line]));
}

function fileText(settings, kept) {
  const sections = new Map();
  for (const name of [...settings.keys()].sort()) {
    const apps = appsOf(settings.get(name));
    const title = apps.length > 2 ? 'more than two apps' : apps.join(', ');
    sections.set(title, [...(sections.get(title) ?? []), entry(name, settings.get(name), kept.get(name))]);
  }
  const head = [
    '# Settings of all apps, KEY=value. A flag goes before an environment variable, that before this file, that before the default.',
    '# Each line shows a default; take away the # to change it. --help of an app lists the settings of that app.',
    '# Written by node scripts/env-file.mjs from what the apps declare; values that you enter stay.',
  ];
  const blocks = [...sections.keys()].sort().map((title) => [`# ---- ${title}`, ...sections.get(title)].join('\n\n'));
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}

function appsOf(settings) {
  return [...new Set(settings.map(({ app }) => app))];
}

/** Meaning and default; where the apps differ, each difference with the apps it holds for. */
function entry(name, settings, kept) {
  const helps = grouped(settings, ({ help, required }) => `${required === true ? 'Required. ' : ''}${help}`);
  const defaults = grouped(settings, (setting) => defaultText(setting));
  const comments = helps.map(([help, apps]) => (helps.length === 1 ? `# ${help}` : `# ${apps}: ${help}`));
  if (defaults.length > 1) comments.push(`# Default: ${defaults.map(([value, apps]) => `${value === '' ? 'none' : value} (${apps})`).join(', ')}`);
  return [...comments, kept ?? `#${name}=${defaults.length === 1 ? defaults[0][0] : ''}`].join('\n');
}

function grouped(settings, textOf) {
  const groups = new Map();
  for (const setting of settings) groups.set(textOf(setting), [...(groups.get(textOf(setting)) ?? []), setting.app]);
  return [...groups].map(([text, apps]) => [text, [...new Set(apps)].join(', ')]);
}

function defaultText(setting) {
  return setting.secret === true || setting.default === undefined ? '' : String(setting.default);
}
