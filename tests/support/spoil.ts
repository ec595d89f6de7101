type Path = readonly (string | number)[];

/** Every place of a JSON value, itself first. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...at, name]))];
}

function withJunk(value: unknown, [first, ...rest]: Path, junk: unknown): unknown {
  if (first === undefined) return junk;
  if (Array.isArray(value)) return value.map((one, index): unknown => (String(index) === String(first) ? withJunk(one, rest, junk) : one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]): [string, unknown] => [name, name === first ? withJunk(inner, rest, junk) : inner]));
}

/** Puts something else in one place of an answer: the one that a number from 0 to 1 points at. */
export function spoiltAt(answer: unknown, where: number, junk: unknown): unknown {
  const paths = pathsOf(answer);
  return withJunk(answer, paths[Math.floor(where * paths.length)] ?? [], junk);
}
