import { useState } from 'react';
import type { Mapping, MappingPreview } from '../../../src-main/contract/mapping.ts';
import { CATEGORIES, SUBJECT_TYPES } from '../../../src-main/contract/words.ts';
import type { Category, SubjectType } from '../../../src-main/contract/words.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { Button } from '../../ui/button.tsx';
import { countWords } from '../../ui/count-words.ts';
import { Checkbox, Field, Select, TextBox } from '../../ui/field.tsx';
import { columnFor, mappedTo, withCategory, withClosed, withOnly, withType } from './mapping-edit.ts';
import css from './mapping-builder.module.css';

type Columns = MappingPreview['columns'];
type ValueMapsProps = { readonly mapping: Mapping; readonly columns: Columns; readonly onChange: (mapping: Mapping) => void; readonly document: boolean };

const TYPE_WORDS: Readonly<Record<SubjectType, string>> = { post: 'Post', message: 'Message', member: 'Member', community: 'Community' };
const TIMES = ['postedAt', 'reportedAt', 'resolvedAt'] as const;

/** How the values of mapped columns are read: categories, kinds, states, dates, and which rows are taken at all. */
export function ValueMaps({ mapping, columns, onChange, document }: ValueMapsProps) {
  const times = TIMES.some((field) => columnFor(mapping, field, columns) !== undefined);
  return (
    <>
      <Values
        title="Categories"
        said="What is not named here is taken by its name, else as Other with its own word beside it."
        column={columnFor(mapping, 'category', columns)}
        known={mapping.categories}
        options={CATEGORIES.map((value) => ({ value, label: CATEGORY_WORDS[value] }))}
        onPick={(value, category: Category | null) => onChange(withCategory(mapping, value, category))}
      />
      <Values
        title="Kinds"
        said="What is not named here is taken by its name, else as a post."
        column={columnFor(mapping, 'subjectType', columns)}
        known={mapping.types}
        options={SUBJECT_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] }))}
        onPick={(value, type: SubjectType | null) => onChange(withType(mapping, value, type))}
      />
      <Closed mapping={mapping} columns={columns} onChange={onChange} />
      {(times || document) && <h3 className={css.group}>How it is written</h3>}
      {times && (
        <Field label="Dates such as 03/04/2026">
          {({ id }) => (
            <Select id={id} value={mapping.dates} options={[{ value: 'day-first', label: 'The day comes first: 3 April' }, { value: 'month-first', label: 'The month comes first: 4 March' }]} onPick={(dates) => onChange({ ...mapping, dates })} />
          )}
        </Field>
      )}
      {document && (
        <Field label="Where the list of reports stands" help="The path inside the document, such as data.reports. Empty where the document is the list, or one report.">
          {({ id, describedBy }) => <TextBox id={id} aria-describedby={describedBy} maxLength={300} value={mapping.list} onChange={(event) => onChange({ ...mapping, list: event.target.value })} />}
        </Field>
      )}
      <Only mapping={mapping} columns={columns} onChange={onChange} />
    </>
  );
}

type ValuesProps<Kind extends string> = {
  readonly title: string;
  readonly said: string;
  readonly column: Columns[number] | undefined;
  readonly known: Readonly<Record<string, Kind>>;
  readonly options: readonly { readonly value: Kind; readonly label: string }[];
  readonly onPick: (value: string, kind: Kind | null) => void;
};

/** The other system's values, each with what it is here; values that are not in this file keep their line. */
function Values<Kind extends string>({ title, said, column, known, options, onPick }: ValuesProps<Kind>) {
  const [typed, setTyped] = useState('');
  if (column === undefined) return null;
  const here = column.values.map(({ value }) => value.toLowerCase());
  const lines = [...column.values, ...Object.keys(known).filter((value) => !here.includes(value.toLowerCase())).map((value) => ({ value, count: 0 }))];
  const add = (): void => {
    const [first] = options;
    if (typed.trim() !== '' && first !== undefined) onPick(typed.trim(), first.value);
    setTyped('');
  };
  return (
    <section className={css.values} aria-label={title}>
      <h3 className={css.group}>{title}</h3>
      <p className={css.said}>{said}</p>
      {lines.map(({ value, count }) => (
        <label key={value} className={css.value}>
          <bdi>{value}</bdi>
          <span className="tabular">{count === 0 ? '' : countWords(count)}</span>
          <Select<Kind | 'name'>
            value={mappedTo(known, value) ?? 'name'}
            options={[{ value: 'name', label: 'By its name' }, ...options]}
            onPick={(picked) => onPick(value, picked === 'name' ? null : picked)}
          />
        </label>
      ))}
      <div className={css.adding}>
        <TextBox
          aria-label={`${title}: another value`}
          placeholder="Another value of theirs"
          maxLength={300}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add();
          }}
        />
        <Button disabled={typed.trim() === ''} onClick={add}>Add</Button>
      </div>
    </section>
  );
}

function Closed({ mapping, columns, onChange }: Omit<ValueMapsProps, 'document'>) {
  const column = columnFor(mapping, 'state', columns);
  if (column === undefined || column.values.length === 0) return null;
  const words = mapping.closed.map((word) => word.toLowerCase());
  return (
    <section className={css.values} aria-label="Dealt with">
      <h3 className={css.group}>Dealt with already</h3>
      <p className={css.said}>{words.length === 0 ? 'Nothing is ticked: the usual words such as closed, resolved or true count.' : 'Only what is ticked counts as dealt with.'}</p>
      {column.values.map(({ value, count }) => (
        <Checkbox key={value} checked={words.includes(value.toLowerCase())} onChange={(on) => onChange(withClosed(mapping, value, on))}><bdi>{value}</bdi> ({countWords(count)})</Checkbox>
      ))}
    </section>
  );
}

/** Only rows with some values in a column; of columns that have few values. */
function Only({ mapping, columns, onChange }: Omit<ValueMapsProps, 'document'>) {
  const [picked, setPicked] = useState(mapping.only?.from ?? null);
  const few = columns.filter(({ values }) => values.length > 0);
  const from = mapping.only?.from ?? picked;
  const chosen = mapping.only?.values ?? [];
  const values = few.find((column) => column.from === from)?.values ?? [];
  const shown = [...values, ...chosen.filter((value) => !values.some((known) => known.value === value)).map((value) => ({ value, count: 0 }))];
  if (few.length === 0 && mapping.only === null) return null;
  return (
    <section className={css.values} aria-label="Which rows">
      <h3 className={css.group}>Which rows</h3>
      <Select
        aria-label="Rows by"
        value={from ?? ''}
        options={[{ value: '', label: 'Every row' }, ...few.map((column) => ({ value: column.from, label: `Only some, by ${column.from}` })), ...(from === null || few.some((column) => column.from === from) ? [] : [{ value: from, label: `Only some, by ${from}` }])]}
        onPick={(value) => {
          setPicked(value === '' ? null : value);
          onChange(withOnly(mapping, null, []));
        }}
      />
      {from !== null && shown.map(({ value, count }) => (
        <Checkbox key={value} checked={chosen.includes(value)} onChange={(on) => onChange(withOnly(mapping, from, on ? [...chosen, value] : chosen.filter((known) => known !== value)))}>
          <bdi>{value}</bdi>{count > 0 && ` (${countWords(count)})`}
        </Checkbox>
      ))}
    </section>
  );
}
