import type { MappedField } from '../../../src-main/contract/mapped-fields.ts';
import type { FieldSource, Mapping, MappingPreview } from '../../../src-main/contract/mapping.ts';
import type { Category, SubjectType } from '../../../src-main/contract/words.ts';

type Column = MappingPreview['columns'][number];

/** What a list box of sources says for a field: left out, the same words for every row, or a column's number. */
export function choiceOf(source: FieldSource | undefined, columns: readonly Column[]): string {
  if (source === undefined) return 'none';
  if ('value' in source) return 'fixed';
  const at = columns.findIndex(({ from }) => from === source.from);
  // A column that this file has not: it stays chosen, so that nothing is lost by looking at another file.
  return at < 0 ? 'absent' : `column ${at}`;
}

/** The source that a choice stands for; null leaves the field out. */
export function sourceFor(choice: string, columns: readonly Column[], before: FieldSource | undefined): FieldSource | null {
  if (choice === 'fixed') return { value: before !== undefined && 'value' in before ? before.value : '' };
  if (choice === 'absent') return before ?? null;
  const column = columns[Number(choice.replace('column ', ''))];
  return choice === 'none' || column === undefined ? null : { from: column.from };
}

/** The mapping with one field's source changed; null takes it away. */
export function withSource(mapping: Mapping, field: MappedField, source: FieldSource | null): Mapping {
  const { [field]: _, ...rest } = mapping.fields;
  return { ...mapping, fields: source === null ? rest : { ...rest, [field]: source } };
}

function withValue<Kind>(values: Readonly<Record<string, Kind>>, value: string, kind: Kind | null): Record<string, Kind> {
  // Upper and lower case are the same to a mapping; of two spellings the one that was chosen last stays.
  const rest = Object.fromEntries(Object.entries(values).filter(([known]) => known.toLowerCase() !== value.toLowerCase()));
  return kind === null ? rest : { ...rest, [value]: kind };
}

/** The mapping with one of the other system's categories in ours; null leaves it to its name. */
export function withCategory(mapping: Mapping, value: string, category: Category | null): Mapping {
  return { ...mapping, categories: withValue(mapping.categories, value, category) };
}

/** The mapping with one of the other system's kinds in ours; null leaves it to its name. */
export function withType(mapping: Mapping, value: string, type: SubjectType | null): Mapping {
  return { ...mapping, types: withValue(mapping.types, value, type) };
}

/** What a value of the other system was mapped to, however it is spelt. */
export function mappedTo<Kind>(values: Readonly<Record<string, Kind>>, value: string): Kind | undefined {
  return Object.entries(values).find(([known]) => known.toLowerCase() === value.toLowerCase())?.[1];
}

/** The mapping with a word of the state's column meaning that it was dealt with, or not. */
export function withClosed(mapping: Mapping, value: string, closed: boolean): Mapping {
  const rest = mapping.closed.filter((known) => known.toLowerCase() !== value.toLowerCase());
  return { ...mapping, closed: closed ? [...rest, value] : rest };
}

/** The mapping that takes only rows with some values in a column; no values takes all. */
export function withOnly(mapping: Mapping, from: string | null, values: readonly string[]): Mapping {
  return { ...mapping, only: from === null || values.length === 0 ? null : { from, values: [...values] } };
}

/** The column that a field is read from; undefined where it is not, or this file has not such a column. */
export function columnFor(mapping: Mapping, field: MappedField, columns: readonly Column[]): Column | undefined {
  const source = mapping.fields[field];
  return source !== undefined && 'from' in source ? columns.find(({ from }) => from === source.from) : undefined;
}

/** Columns that nothing is read from, so that none is overlooked. */
export function unusedColumns(mapping: Mapping, columns: readonly Column[]): readonly string[] {
  const used = new Set([...Object.values(mapping.fields).flatMap((source) => ('from' in source ? [source.from] : [])), ...(mapping.only === null ? [] : [mapping.only.from])]);
  return columns.map(({ from }) => from).filter((from) => !used.has(from));
}

/** How many fields a mapping fills. */
export function fieldCount(mapping: Mapping): number {
  return Object.keys(mapping.fields).length;
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMapping(value: unknown): value is Partial<Mapping> & Pick<Mapping, 'fields'> {
  return isPlain(value) && isPlain(value['fields'])
    && Object.values(value['fields']).every((source) => isPlain(source) && (typeof source['from'] === 'string' || typeof source['value'] === 'string'))
    && ['categories', 'types'].every((name) => value[name] === undefined || isPlain(value[name]))
    && (value['closed'] === undefined || Array.isArray(value['closed']));
}

const EMPTY: Omit<Mapping, 'fields'> = { list: '', categories: {}, types: {}, closed: [], dates: 'day-first', only: null };

/** A mapping kept as text, as a connection's settings have it; null where there is none or it cannot be read. */
export function mappingFrom(text: unknown): Mapping | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value) ? { ...EMPTY, ...value } : null;
  } catch {
    return null;
  }
}
