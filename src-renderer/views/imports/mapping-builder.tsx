import { Fragment, useId } from 'react';
import { MAPPED_FIELDS } from '../../../src-main/contract/mapped-fields.ts';
import type { MappedField, MappedGroup } from '../../../src-main/contract/mapped-fields.ts';
import type { Mapping, MappingPreview } from '../../../src-main/contract/mapping.ts';
import { Select, TextBox } from '../../ui/field.tsx';
import { choiceOf, sourceFor, unusedColumns, withSource } from './mapping-edit.ts';
import { ValueMaps } from './value-maps.tsx';
import css from './mapping-builder.module.css';

type Columns = MappingPreview['columns'];

export type MappingBuilderProps = {
  readonly mapping: Mapping;
  readonly columns: Columns;
  readonly onChange: (mapping: Mapping) => void;
  /** Fields that the preview has something to say about. */
  readonly marked: ReadonlySet<MappedField>;
  /** Whether the list of reports may stand somewhere inside a document. */
  readonly document: boolean;
};

const GROUP_WORDS: Readonly<Record<MappedGroup, string>> = {
  subject: 'What was reported', author: 'Who wrote it', report: 'The report', reporter: 'Who reported it', resolution: 'If it was dealt with',
};

/** The id of a field's list box, so that a problem can lead to it. */
export function fieldElementId(base: string, field: MappedField): string {
  return `${base}-${field}`;
}

/** For each part of a report where its value stands; below it how values, dates and rows are read. */
export function MappingBuilder({ mapping, columns, onChange, marked, document, base }: MappingBuilderProps & { readonly base: string }) {
  const helpId = useId();
  const unused = unusedColumns(mapping, columns);
  return (
    <div className={css.builder}>
      {unused.length > 0 && <p className={css.unused}>Not used: {unused.map((from, at) => <Fragment key={from}>{at > 0 && ', '}<bdi>{from}</bdi></Fragment>)}</p>}
      {MAPPED_FIELDS.map((field, at) => (
        <Fragment key={field.id}>
          {MAPPED_FIELDS[at - 1]?.group !== field.group && <h3 className={css.group}>{GROUP_WORDS[field.group]}</h3>}
          <FieldRow
            id={fieldElementId(base, field.id)}
            helpId={`${helpId}-${field.id}`}
            field={field}
            mapping={mapping}
            columns={columns}
            marked={marked.has(field.id)}
            onChange={onChange}
          />
        </Fragment>
      ))}
      <ValueMaps mapping={mapping} columns={columns} onChange={onChange} document={document} />
    </div>
  );
}

type FieldRowProps = Pick<MappingBuilderProps, 'mapping' | 'columns' | 'onChange'> & {
  readonly id: string;
  readonly helpId: string;
  readonly field: (typeof MAPPED_FIELDS)[number];
  readonly marked: boolean;
};

function FieldRow({ id, helpId, field, mapping, columns, marked, onChange }: FieldRowProps) {
  const source = mapping.fields[field.id];
  const choice = choiceOf(source, columns);
  const options = [
    { value: 'none', label: 'Left out' },
    ...(choice === 'absent' && source !== undefined && 'from' in source ? [{ value: 'absent', label: `${source.from} (not here)` }] : []),
    ...columns.map(({ from }, at) => ({ value: `column ${at}`, label: from })),
    { value: 'fixed', label: 'The same for every row…' },
  ];
  const samples = source !== undefined && 'from' in source ? columns.find(({ from }) => from === source.from)?.samples ?? [] : [];
  return (
    <div className={css.row} data-set={choice !== 'none'} data-marked={marked}>
      <label htmlFor={id} title={field.help}>{field.title}</label>
      <Select id={id} value={choice} options={options} aria-describedby={field.help === '' ? undefined : helpId} onPick={(picked) => onChange(withSource(mapping, field.id, sourceFor(picked, columns, source)))} />
      {source !== undefined && 'value' in source
        ? <TextBox aria-label={`${field.title}, for every row`} placeholder="The same words for every row" maxLength={1000} value={source.value} onChange={(event) => onChange(withSource(mapping, field.id, { value: event.target.value }))} />
        : <span className={css.samples} dir="auto" title={samples.join('\n')}>{samples.join(' · ')}</span>}
      {field.help !== '' && <span id={helpId} className="quiet">{field.help}</span>}
    </div>
  );
}
