import type { EventDetail, Snapshot } from '../../../src-main/contract/work.ts';
import { client } from '../../host/client.ts';
import { useHeld } from '../../state/use-held.ts';
import { useLive } from '../../state/use-live.ts';
import { Chip } from '../../ui/badge.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Section } from '../../ui/section.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { payloadFacts, SOURCE_WORDS } from './event-words.ts';
import css from './event-pane.module.css';

function Seen({ snapshot }: { readonly snapshot: Snapshot }) {
  const { text, author, reports, standing, activeStrikes, mediaHashes, priority } = snapshot;
  return (
    <article className={css.seen}>
      <header><bdi>{author ?? 'Unknown member'}</bdi>{activeStrikes > 0 && <Chip tone="bad">{activeStrikes === 1 ? '1 strike' : `${activeStrikes} strikes`}</Chip>}{standing.map((line) => <Chip key={line}>{line}</Chip>)}</header>
      <p className={css.text} dir="auto">{text === '' ? 'No text' : text}</p>
      <p className={css.facts}>priority {priority}{mediaHashes.length > 0 && ` · ${mediaHashes.length} pictures, kept by their hashes`}</p>
      <ul className={css.reports}>
        {reports.map((report, index) => (
          <li key={`${index}${report.comment}`}><bdi>{report.reporter ?? 'Someone'}</bdi> <span>{report.category.replaceAll('-', ' ')}</span>{report.comment !== '' && <q dir="auto">{report.comment}</q>}</li>
        ))}
      </ul>
    </article>
  );
}

function Facts({ event }: { readonly event: EventDetail }) {
  return (
    <dl className={css.list}>
      <dt>By</dt><dd><bdi>{event.actor}</bdi>, {SOURCE_WORDS[event.source]}</dd>
      <dt>When</dt><dd>{fullTime(event.at)}</dd>
      {event.under !== null && <><dt>Under</dt><dd>{event.under}</dd></>}
      {event.delivered !== null && <><dt>Delivered</dt><dd>{event.delivered}</dd></>}
      {event.later !== null && <><dt>Then</dt><dd>{event.later}</dd></>}
      {payloadFacts(event.payload).map(({ name, text }) => <div key={name} className={css.pair}><dt>{name}</dt><dd dir="auto">{text}</dd></div>)}
      <dt>Event</dt><dd>{event.seq} on {event.device}</dd>
      <dt>Hash</dt><dd><code>{event.hash}</code></dd>
      <dt>Before it</dt><dd><code>{event.previousHash}</code></dd>
    </dl>
  );
}

/** What a person saw when they decided: the post, its reports, the member's standing, the guideline as it then read. */
export function EventPane({ id }: { readonly id: string }) {
  const { data, failure } = useLive(`event/${id}`, ['history', 'decisions'], () => client.history.get({ id }));
  const event = useHeld(data);
  if (event === undefined) return failure === null ? null : <ErrorNote failure={failure} />;
  return (
    <div className={css.pane}>
      <header className={css.head}>
        <h2>{event.did}</h2>
        <p dir="auto">{event.to}</p>
      </header>
      {event.seen.length > 0 && (
        <Section title={event.seen.length === 1 ? 'What they saw' : `What they saw · ${event.seen.length} items`}>
          {event.seen.map(({ key, snapshot }) => <Seen key={key} snapshot={snapshot} />)}
        </Section>
      )}
      {event.payload === null && event.kind.startsWith('decision.') && event.kind !== 'decision.undone' && (
        <p className={css.facts}>The personal part of this event was erased. That it happened, and its place in the chain, stay.</p>
      )}
      {event.guideline !== null && (
        <Section title="The guideline as it then read">
          <div className={css.guideline}>
            <h3>{event.guideline.number} · {event.guideline.title} <span>version {event.guideline.version}</span></h3>
            <Markdown small text={event.guideline.body} />
          </div>
        </Section>
      )}
      <Section title="The event"><Facts event={event} /></Section>
    </div>
  );
}
