import { PipelineError } from '@lts/contracts';
import { chosenDialect } from '../choices.js';

/** One circuit of a simulator. */
export interface CircuitPlan {
  /** Name in the address of its page. */
  slug: string;
  dialect: string;
  seed: number;
  /** Port of its websocket; 0 takes any free one. */
  port: number;
}

/** What `circuitPlans` starts from. */
export interface CircuitDefaults {
  dialect: string;
  seed: number;
  port: number;
}

/** Base ports of the provider's circuits are this far apart. */
const PORTS_APART = 10;
const HIGHEST_PORT = 65_535;
const HIGHEST_SEED = 4_294_967_295;
const CIRCUIT = /^(?<slug>[a-z0-9][a-z0-9-]*)(?:=(?<dialect>[^:]+)(?::(?<seed>.*))?)?$/;

/**
 * The circuits that `--circuits name=dialect:seed,…` asks for. Dialect and seed may be left out: the dialect is then that of
 * `--dialect`, the seed one higher from circuit to circuit. The first has the port given, each further one 10 more.
 *
 * @throws PipelineError `LTS_CONFIGURATION`
 */
export function circuitPlans(texts: readonly string[], { dialect, seed, port }: CircuitDefaults): CircuitPlan[] {
  const plans = texts.map((text, place) => {
    const parts = CIRCUIT.exec(text)?.groups;
    if (parts?.['slug'] === undefined) throw wrong(`"${text}" is no circuit; give name, name=dialect or name=dialect:seed, the name in lower case letters, digits and hyphens.`);
    return {
      slug: parts['slug'],
      dialect: chosenDialect(parts['dialect'] ?? dialect, parts['dialect'] === undefined ? 'dialect' : 'circuits'),
      seed: parts['seed'] === undefined ? seed + place : seedOf(parts['seed'], text),
      port: port === 0 ? 0 : port + place * PORTS_APART,
    };
  });
  const twice = plans.find(({ slug }, place) => plans.some((other, at) => at < place && other.slug === slug));
  if (twice !== undefined) throw wrong(`the name "${twice.slug}" stands twice; each circuit needs its own.`);
  const tooHigh = plans.find((plan) => plan.port > HIGHEST_PORT);
  if (tooHigh !== undefined) throw wrong(`the circuit "${tooHigh.slug}" would have port ${tooHigh.port}; choose a lower --port.`);
  return plans;
}

function seedOf(text: string, circuit: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= HIGHEST_SEED) return seed;
  throw wrong(`the seed of "${circuit}" must be a whole number from 0 to ${HIGHEST_SEED}.`);
}

function wrong(clause: string): PipelineError {
  return new PipelineError('LTS_CONFIGURATION', `--circuits: ${clause}`);
}
