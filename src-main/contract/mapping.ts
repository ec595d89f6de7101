import { z } from 'zod';
import { instant } from './content.ts';
import { MAPPED_FIELDS } from './mapped-fields.ts';
import { CATEGORIES, SUBJECT_TYPES } from './words.ts';

const mappedField = z.enum(MAPPED_FIELDS.map(({ id }) => id));

/** Where a field's value stands: a column, or a path such as `account.acct` or `media.0.url`; or the same words for every row. */
const fieldSource = z.union([z.strictObject({ from: z.string().min(1).max(300) }), z.strictObject({ value: z.string().max(1000) })]);
export type FieldSource = z.infer<typeof fieldSource>;

/** How rows of a file or messages of another system become reports. Kept as JSON in a field of kind `mapping`. */
export const mapping = z.strictObject({
  /** Where the list of reports stands in a JSON document; empty where it is one report, a list, or has a list under a usual name (`reports`, `items`, `data`). */
  list: z.string().max(300).default(''),
  fields: z.partialRecord(mappedField, fieldSource),
  /** The other system's categories in ours; upper and lower case are the same. What is not named here keeps its own name, as `other`. */
  categories: z.record(z.string(), z.enum(CATEGORIES)).default({}),
  /** The other system's words for kinds in ours. */
  types: z.record(z.string(), z.enum(SUBJECT_TYPES)).default({}),
  /** Words of `state` that say it was dealt with. Empty: the usual ones, such as closed, resolved, true. */
  closed: z.array(z.string().max(100)).max(100).default([]),
  /** How 03/04/2026 is read. */
  dates: z.enum(['day-first', 'month-first']).default('day-first'),
  /** Takes only rows with one of these values there; all where null. */
  only: z.strictObject({ from: z.string().min(1).max(300), values: z.array(z.string().max(300)).min(1).max(100) }).nullable().default(null),
});
export type Mapping = z.infer<typeof mapping>;

/** Why a row could not be taken, or what of it could not be read although it was. */
export const rowProblem = z.object({
  /** `line 7`, or a message's own id. */
  place: z.string(),
  field: mappedField.nullable(),
  /** What is wrong and what to do. */
  problem: z.string(),
});
export type RowProblem = z.infer<typeof rowProblem>;

/** A row as it would appear in the queue. */
const mappedRow = z.object({
  place: z.string(),
  type: z.enum(SUBJECT_TYPES),
  subjectId: z.string(),
  text: z.string(),
  url: z.string().nullable(),
  where: z.string().nullable(),
  language: z.string().nullable(),
  media: z.number().int(),
  postedAt: instant.nullable(),
  author: z.string().nullable(),
  reporter: z.string().nullable(),
  reportId: z.string(),
  category: z.enum(CATEGORIES),
  /** 0 low to 3 severe, as the category alone weighs. */
  severity: z.number().int(),
  /** The other system's own word for it. */
  remoteCategory: z.string().nullable(),
  comment: z.string(),
  reportedAt: instant,
  open: z.boolean(),
  /** "resolved by Ines", for one that was dealt with. */
  resolution: z.string().nullable(),
});
export type MappedRow = z.infer<typeof mappedRow>;

/** What a mapping makes of a file's or a message's first rows. */
export const mappingPreview = z.object({
  /** Columns, or paths of JSON, in the order in which they come. */
  columns: z.array(z.object({
    from: z.string(),
    /** The first values that are not empty, shortened. */
    samples: z.array(z.string()),
    /** Every value of a column that has few, most frequent first, for mapping values; empty where it has many. */
    values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  })),
  /** The mapping that was applied: a guess from the columns' names where none was given. */
  mapping,
  rows: z.array(mappedRow),
  /** How many rows were looked at, and whether those were all. */
  checked: z.number().int(),
  whole: z.boolean(),
  /** Rows among them that `only` leaves out. */
  leftOut: z.number().int(),
  /** How many of them cannot be taken, and the first of them. */
  problems: z.number().int(),
  firstProblems: z.array(rowProblem),
  /** How many are taken although something of them cannot be read, such as a time, and the first of them. */
  notes: z.number().int(),
  firstNotes: z.array(rowProblem),
  /** What to know about the whole, such as that it is empty; null where there is nothing. */
  said: z.string().nullable(),
});
export type MappingPreview = z.infer<typeof mappingPreview>;
