import { Image, Info, TriangleAlert } from 'lucide-react';
import { MAPPED_FIELDS } from '../../../src-main/contract/mapped-fields.ts';
import type { MappedField } from '../../../src-main/contract/mapped-fields.ts';
import type { MappedRow, MappingPreview as Answer, RowProblem } from '../../../src-main/contract/mapping.ts';
import { SEVERITIES } from '../../../src-main/contract/words.ts';
import type { SubjectType } from '../../../src-main/contract/words.ts';
import { useNow } from '../../state/clock.ts';
import { CATEGORY_WORDS } from '../../state/verb-words.ts';
import { Chip } from '../../ui/badge.tsx';
import { countWords } from '../../ui/count-words.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { ago, fullTime } from '../../ui/time-words.ts';
import { checkedWords } from './import-words.ts';
import css from './mapping-preview.module.css';

type MappingPreviewProps = {
  readonly answer: Answer;
  /** Whether it is still of an earlier mapping. */
  readonly late: boolean;
  /** Leads from a problem to the field it is about. */
  readonly onField: (field: MappedField) => void;
};

/** What the mapping makes of the first rows, drawn as the queue will draw them, and what cannot be read. */
export function MappingPreview({ answer, late, onField }: MappingPreviewProps) {
  const { rows, firstProblems, firstNotes, problems, notes, said } = answer;
  return (
    <section className={css.preview} aria-label="Preview" aria-busy={late} data-late={late}>
      <p className={css.checked} role="status">{checkedWords(answer)}</p>
      {said !== null && <p className={css.said}>{said}</p>}
      <Problems title="Cannot be taken" count={problems} rows={firstProblems} tone="bad" onField={onField} />
      <Problems title="Taken, but something was not read" count={notes} rows={firstNotes} tone="note" onField={onField} />
      {rows.length > 0 && <h3 className={css.heading}>As they will stand in the queue</h3>}
      <ul className={css.rows}>{rows.map((row) => <li key={row.place}><Row row={row} /></li>)}</ul>
    </section>
  );
}

const TYPE_WORDS: Readonly<Record<SubjectType, string>> = { post: 'post', message: 'message', member: 'member', community: 'community' };

function Row({ row }: { readonly row: MappedRow }) {
  const now = useNow();
  return (
    <article className={css.row} data-open={row.open}>
      <span className={css.severity}><SeverityMark severity={row.severity} label={SEVERITIES[row.severity] ?? 'low'} /></span>
      <p className={css.snippet} dir="auto">
        {row.media > 0 && <Image className={css.media} aria-label={row.media === 1 ? 'Has an image' : `Has ${row.media} media`} />}
        {row.text === '' ? <span className={css.wordless}>{row.type === 'member' ? 'The member’s profile' : 'No text'}</span> : row.text}
      </p>
      <p className={css.facts}>
        <span className={css.place}>{row.place}</span>
        <span aria-hidden="true">·</span>
        <bdi className={css.who}>{row.author ?? 'Unknown member'}</bdi>
        <Chip>{CATEGORY_WORDS[row.category]}</Chip>
        {row.remoteCategory !== null && <Chip title="Their own word for it">{row.remoteCategory}</Chip>}
        {row.type !== 'post' && <Chip>{TYPE_WORDS[row.type]}</Chip>}
        {!row.open && <Chip tone="good">{row.resolution ?? 'dealt with'}</Chip>}
        {row.where !== null && <bdi className={css.where}>{row.where}</bdi>}
      </p>
      {row.comment !== '' && <p className={css.comment} dir="auto">{row.reporter !== null && <><bdi>{row.reporter}</bdi>: </>}“{row.comment}”</p>}
      <time className={css.age} dateTime={new Date(row.reportedAt).toISOString()} title={fullTime(row.reportedAt)}>{ago(row.reportedAt, now)}</time>
    </article>
  );
}

type ProblemsProps = { readonly title: string; readonly count: number; readonly rows: readonly RowProblem[]; readonly tone: 'bad' | 'note'; readonly onField: (field: MappedField) => void };

function Problems({ title, count, rows, tone, onField }: ProblemsProps) {
  if (count === 0) return null;
  const Icon = tone === 'bad' ? TriangleAlert : Info;
  return (
    <section className={css.problems} data-tone={tone} aria-label={title}>
      <h3><Icon aria-hidden="true" /> {title}: {countWords(count)}</h3>
      <ul>
        {rows.map(({ place, field, problem }) => (
          <li key={`${place} ${field ?? ''}`}>
            <span className={css.line}>{place}</span>
            <span dir="auto">{problem}</span>
            {field !== null && <button type="button" className={css.to} onClick={() => onField(field)}>{MAPPED_FIELDS.find(({ id }) => id === field)?.title ?? field}</button>}
          </li>
        ))}
      </ul>
      {count > rows.length && <p className={css.more}>and {countWords(count - rows.length)} more</p>}
    </section>
  );
}
