/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than any report is; some thousand levels more would overflow the stack of whoever walks through it. */
const DEEPEST_VALUE = 200;

/**
 * JSON with the digits of large whole numbers kept: ids of 17 digits and more would otherwise be rounded. Throws
 * SyntaxError, also for what is nested so deeply that it is meant to break its reader.
 */
export function parseRow(text: string): unknown {
  const value = parse(text);
  if (isDeeperThan(DEEPEST_VALUE, value)) throw new SyntaxError('nested too deeply');
  return value;
}

function isDeeperThan(most: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one).filter((inner) => typeof inner === 'object' && inner !== null) : []));
  }
  return false;
}

function parse(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) => (
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value
  ));
}

/** What stands at a path such as `media.0.url`; a column's whole name is taken first, since it may have dots. */
export function valueAt(row: unknown, path: string): unknown {
  if (isObject(row) && Object.hasOwn(row, path)) return row[path];
  let value = row;
  for (const part of path.split('.')) {
    if (Array.isArray(value)) value = /^\d{1,6}$/.test(part) ? value[Number(part)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** A value as text: lists are joined, objects are shown as the JSON they are. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.toWellFormed().trim();
  if (Array.isArray(value)) return value.map(textOf).filter((text) => text !== '').join(', ');
  return isObject(value) ? JSON.stringify(value) : String(value);
}

/** The rows of a document: itself, its elements, or those of the list at a path; null where there is nothing at that path. */
export function rowsIn(document: unknown, list: string): readonly unknown[] | null {
  const found = list === '' ? document : valueAt(document, list);
  if (found === undefined || found === null) return null;
  return Array.isArray(found) ? found : [found];
}

/** How deep into a row columns are looked for. */
const DEEPEST = 5;
const MOST_PATHS = 300;

/** Every path of a row with a value of its own, in the row's order; of a list of objects the first one's. */
export function pathsOf(row: unknown): readonly string[] {
  const paths: string[] = [];
  function walk(value: unknown, path: string, depth: number): void {
    if (paths.length >= MOST_PATHS) return;
    const [first] = Array.isArray(value) ? value : [];
    if (path !== '' && !isObject(value)) paths.push(path);
    if (depth === DEEPEST) return;
    if (isObject(value)) for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`, depth + 1);
    else if (isObject(first)) walk(first, `${path}.0`, depth + 1);
  }
  walk(row, '', 0);
  return paths;
}
