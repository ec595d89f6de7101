import type { ItemDetail, MemberRecord } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { togglePart, usePartOpen } from '../../state/item-view.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/badge.tsx';
import { MemberName } from '../../ui/member-name.tsx';
import { Section } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { clampText } from './clamp.ts';
import { countWords } from '../../ui/count-words.ts';
import css from './item-side.module.css';

/** Entries of the record shown before all are asked for. */
const FIRST = 5;

/** The member behind the item, and what was done about them before. */
export function MemberCard({ detail }: { readonly detail: ItemDetail }) {
  const keys = useKey('look.member');
  const { record, row } = detail;
  return (
    <Section title="Member" keys={keys}>
      {record === null ? <p className={css.since}>{row.author === null ? (row.subjectType === 'community' ? 'A community was reported, no one member.' : 'The platform does not say who it was.') : <MemberName member={row.author} address />}</p> : <Known record={record} id={row.id} />}
    </Section>
  );
}

function Known({ record, id }: { readonly record: MemberRecord; readonly id: number }) {
  const open = usePartOpen(id, 'member');
  const entries = open ? record.entries : record.entries.slice(0, FIRST);
  const hidden = record.entries.length - entries.length;
  return (
    <>
      <div className={css.member}>
        <Avatar name={record.member.name} size="large" />
        <div>
          <MemberName member={record.member} />
          <p className={css.since}>{aboutWords(record)}</p>
        </div>
      </div>
      {(record.standing.length > 0 || record.activeStrikes > 0) && (
        <p className={css.standing}>
          {record.activeStrikes > 0 && <Chip tone="bad">{record.activeStrikes === 1 ? '1 active strike' : `${record.activeStrikes} active strikes`}</Chip>}
          {record.standing.map((standing) => <Chip key={standing} tone="warn">{standing}</Chip>)}
        </p>
      )}
      {entries.length === 0 ? <p className={css.since}>Nothing on record.</p> : (
        <ul className={css.entries}>
          {entries.map((entry) => (
            <li key={`${entry.at}${entry.text}`} className={css.entry}>
              <Time at={entry.at} as="when" />
              <span dir="auto">{entry.text}{entry.by !== null && <span className={css.by}> · {entry.by}</span>}</span>
              {entry.strike && <Chip tone="bad">1 strike</Chip>}
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && <button type="button" className={css.more} onClick={() => togglePart(id, 'member')}>{hidden} earlier</button>}
      {open && record.recent.length > 0 && (
        <ul className={css.recent} aria-label="Recent posts">
          {record.recent.map((post) => (
            <li key={post.key}>
              <p dir="auto">{clampText(post.text, 280)}</p>
              <small>{post.createdAt !== null && <Time at={post.createdAt} as="when" />}{post.place !== null && <bdi> · {post.place}</bdi>}{post.removed && ' · hidden there'}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function aboutWords(record: MemberRecord): string {
  return [
    record.member.handle,
    ...(record.joinedAt === null ? [] : [`since ${new Date(record.joinedAt).getFullYear()}`]),
    ...(record.postCount === null ? [] : [record.postCount === 1 ? '1 post' : `${countWords(record.postCount)} posts`]),
    ...(record.linked.length === 0 ? [] : [`${record.linked.length} linked`]),
    ...(record.openItems > 1 ? [`${record.openItems} open items`] : []),
  ].join(' · ');
}
