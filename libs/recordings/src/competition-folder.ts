import { join } from 'node:path';

const LONGEST_SEGMENT = 120;
const SAFE = /[A-Za-z0-9_-]/;
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Folder name of a competition: its code with everything but letters, digits, `_` and `-` percent-encoded,
 * so that no code can leave the folder or clash with a name the system reserves. Very long codes keep their beginning
 * and end in a checksum. An empty code becomes `%`.
 */
export function folderOfCompetition(outputPath: string, competition: string): string {
  return join(outputPath, segment(competition));
}

function segment(code: string): string {
  if (code === '') return '%';
  const encoded = [...new TextEncoder().encode(code)].map(encodeByte).join('');
  const whole = DEVICE_NAME.test(encoded) ? `%${hex(encoded.charCodeAt(0))}${encoded.slice(1)}` : encoded;
  return whole.length <= LONGEST_SEGMENT ? whole : `${whole.slice(0, LONGEST_SEGMENT - 9)}~${checksum(code)}`;
}

function encodeByte(byte: number): string {
  const letter = String.fromCharCode(byte);
  return SAFE.test(letter) ? letter : `%${hex(byte)}`;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** FNV-1a, 32 bits: enough to keep long codes apart. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
