/** What is measured, where a unit behind a number says so. */
export type Dimension = 'length' | 'area' | 'volume' | 'mass' | 'speed' | 'power';

export interface PhysicalUnit {
  dimension: Dimension;
  /** Of it in metres, square metres, litres, grams, kilometres an hour, or watts. */
  factor: number;
  /** Where its name ends, behind the number, in UTF-16 units. */
  end: number;
}

/** Metres, with their plain names, which those of area and volume repeat. International yard and pound (1959). */
const LENGTHS: readonly [name: string, metres: number][] = [
  ['km|kilomet(?:re|er)s?', 1_000],
  ['cm|centimet(?:re|er)s?', 0.01],
  ['mm|millimet(?:re|er)s?', 0.001],
  ['m|met(?:re|er)s?', 1],
  ['miles?', 1_609.344],
  ['yards?|yd', 0.9144],
  ['feet|foot|ft', 0.3048],
  ['inch(?:es)?', 0.0254],
];
const HOURLY = ' ?\\/ ?h(?:our)?| (?:per|an|a) hour';

/** Names, longest first where one begins another. "Pounds" are money, and a ton is near enough to a tonne. */
const UNITS: readonly [name: string, dimension: Dimension, factor: number][] = [
  [`(?:km|kilomet(?:re|er)s?)(?:${HOURLY})|km\\/h|kmh|kph`, 'speed', 1],
  [`mph|miles?(?:${HOURLY})`, 'speed', 1.609_344],
  ['knots?', 'speed', 1.852],
  ...LENGTHS.map(
    ([name, metres]) =>
      [`(?:square|sq\\.?) (?:${name})|(?:${name})²`, 'area', metres ** 2] as [string, Dimension, number],
  ),
  ...LENGTHS.map(
    ([name, metres]) =>
      [`cubic (?:${name})|(?:${name})³`, 'volume', metres ** 3 * 1_000] as [string, Dimension, number],
  ),
  ...LENGTHS.map(([name, metres]) => [name, 'length', metres] as [string, Dimension, number]),
  ['hectares?|ha', 'area', 10_000],
  ['acres?', 'area', 4_046.856_422_4],
  ['millilit(?:re|er)s?|ml', 'volume', 0.001],
  ['lit(?:re|er)s?', 'volume', 1],
  ['gallons?', 'volume', 3.785_411_784],
  ['micrograms?|µg|mcg', 'mass', 1e-6],
  ['milligram(?:me)?s?|mg', 'mass', 0.001],
  ['kilogram(?:me)?s?|kilos?|kg', 'mass', 1_000],
  ['gram(?:me)?s?|g', 'mass', 1],
  ['(?:metric )?tons?|tonnes?', 'mass', 1_000_000],
  ['lbs?', 'mass', 453.592_37],
  ['ounces?|oz', 'mass', 28.349_523_125],
  ['gigawatts?|GW', 'power', 1e9],
  ['megawatts?|MW', 'power', 1e6],
  ['kilowatts?|kW', 'power', 1e3],
  ['watts?', 'power', 1],
];
const PATTERNS = UNITS.map(
  ([name, dimension, factor]) => [new RegExp(`^[ -]?(?:${name})(?![\\p{L}\\p{N}])`, 'iu'), dimension, factor] as const,
);

/** The unit of measure with which a text goes on behind a number; null where it is none. */
export function physicalUnit(after: string): PhysicalUnit | null {
  for (const [pattern, dimension, factor] of PATTERNS) {
    const end = pattern.exec(after)?.[0].length;
    if (end !== undefined) return { dimension, factor, end };
  }
  return null;
}
