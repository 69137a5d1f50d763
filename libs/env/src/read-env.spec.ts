import { describe, expect, it } from '@jest/globals';
import { IsUrl, Max, Min } from 'class-validator';
import { EnvFaults, HelpAsked, readEnv } from './read-env.js';
import { Setting } from './setting.js';

class BoatEnv {
  @Setting({ name: 'harbour', required: true, help: 'Where the boat lies.' })
  harbour!: string;

  @Setting({ name: 'length_m', kind: 'whole', default: 12, help: 'Length, metres.' })
  @Min(3)
  @Max(40)
  lengthM!: number;

  @Setting({ name: 'lit', kind: 'yes-no', default: false, help: 'Lights on.' })
  lit!: boolean;

  @Setting({ name: 'crew', kind: 'list', default: [], help: 'Names.' })
  crew!: string[];

  @Setting({ name: 'key', secret: true, help: 'Key of the cabin.' })
  @IsUrl({}, { message: 'key must be an address' })
  key?: string;
}

const none = { variables: {}, file: null };

function faultsOf(argv: string[], variables: Record<string, string> = {}): readonly string[] {
  try {
    readEnv(BoatEnv, { ...none, argv, variables });
  } catch (error) {
    if (error instanceof EnvFaults) return error.faults;
    throw error;
  }
  return [];
}

describe(readEnv.name, () => {
  it('takes a flag over a variable over a default', () => {
    const { env } = readEnv(BoatEnv, { ...none, argv: ['--harbour', 'Faro', '--crew', 'a, b'], variables: { HARBOUR: 'Sines', LENGTH_M: '20' } });
    expect(env).toMatchObject({ harbour: 'Faro', lengthM: 20, lit: false, crew: ['a', 'b'] });
  });

  it('accepts --name=value and a yes-no flag without a value', () => {
    const { env } = readEnv(BoatEnv, { ...none, argv: ['--harbour=Faro', '--lit'] });
    expect(env).toMatchObject({ harbour: 'Faro', lit: true });
  });

  it('reads the text "false" as false', () => {
    expect(readEnv(BoatEnv, { ...none, argv: ['--harbour', 'x'], variables: { LIT: 'false' } }).env.lit).toBe(false);
  });

  it('reports all faults at once, each with what to do', () => {
    const faults = faultsOf(['--length_m', 'long', '--lit', '--lihgt', '3']);
    expect(faults).toHaveLength(3);
    expect(faults.join(' ')).toContain('HARBOUR=…');
    expect(faults.join(' ')).toContain('must be a whole number, not "long"');
  });

  it('names the flag that was probably meant', () => {
    expect(faultsOf(['--harbuor', 'x', '--harbour', 'y'])).toEqual(['--harbuor is not known; did you mean --harbour?']);
  });

  it('states the limit that a number breaks', () => {
    expect(faultsOf(['--harbour', 'x', '--length_m', '99'])).toEqual(['--length_m must not be greater than 40, not "99".']);
  });

  it('never repeats the value of a secret', () => {
    expect(faultsOf(['--harbour', 'x', '--key', 'hunter2'])).toEqual(['--key must be an address.']);
  });

  it('hands over a frozen object', () => {
    const { env } = readEnv(BoatEnv, { ...none, argv: ['--harbour', 'x'] });
    expect(Object.isFrozen(env)).toBe(true);
  });

  it('answers --help with every setting', () => {
    const asked = (): unknown => readEnv(BoatEnv, { ...none, argv: ['--help'] });
    expect(asked).toThrow(HelpAsked);
    expect(asked).toThrow(/--length_m {2}\(LENGTH_M, default 12\)/);
  });

  it('takes an argument without a name only where the app allows it', () => {
    expect(faultsOf(['--harbour', 'x', 'file.txt'])).toHaveLength(1);
    expect(readEnv(BoatEnv, { ...none, argv: ['--harbour', 'x', 'file.txt'], takesPositionals: true }).positionals).toEqual(['file.txt']);
  });
});
