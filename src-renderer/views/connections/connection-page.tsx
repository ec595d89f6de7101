import { Lock } from 'lucide-react';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { useSecond } from '../../state/clock.ts';
import { namesItself } from '../../state/source-words.ts';
import { useLive } from '../../state/use-live.ts';
import { HueDot } from '../../ui/badge.tsx';
import { Section } from '../../ui/section.tsx';
import { Abilities } from './abilities.tsx';
import { AccountNote } from './account-note.tsx';
import { HealthMark } from './connection-list.tsx';
import { firstSyncWords, healthFacts, progress } from './health-words.ts';
import { Problem } from './problem.tsx';
import css from './connections.module.css';

function FirstSync({ health }: { readonly health: ConnectionView['health'] }) {
  const said = firstSyncWords(health);
  const share = progress(health);
  if (said === null) return null;
  return (
    <div className={css.first}>
      {share !== null && <progress aria-label="First sync" value={share} max={1} />}
      <p>{said}</p>
    </div>
  );
}

function Facts({ health, now }: { readonly health: ConnectionView['health']; readonly now: number }) {
  return (
    <dl className={css.numbers}>
      {healthFacts(health, now).map(({ label, value, note, tone }) => (
        <div key={label} data-tone={tone}>
          <dt>{label}</dt>
          <dd className="tabular">{value}</dd>
          <dd className={css.note}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One connection: how it fares, and what can be done there. */
export function ConnectionPage({ connection }: { readonly connection: ConnectionView }) {
  const now = useSecond();
  const { id, health, account } = connection;
  const { data: abilities } = useLive(`abilities/${id}/${JSON.stringify(account)}`, [], () => client.connections.abilities({ id }));
  return (
    <div className={css.page}>
      <header className={css.head}>
        <HueDot hue={connection.hue} />
        <div className={css.names}>
          <h1 dir="auto">{connection.title}</h1>
          {!namesItself(connection) && <p>{connection.platformTitle} on <bdi>{connection.instance}</bdi></p>}
        </div>
        <HealthMark health={health} />
      </header>
      {connection.provisioned && <p className={css.provided}><Lock aria-hidden="true" /> An administrator provides this connection; it is changed in the connections file.</p>}
      <Problem health={health} now={now} />
      <FirstSync health={health} />
      <Facts health={health} now={now} />
      {abilities !== undefined && abilities.length > 0 && <Section title="What can be done there"><Abilities abilities={abilities} /></Section>}
    </div>
  );
}

/** Beside it: who we are there, and what it was given. */
export function ConnectionSide({ connection }: { readonly connection: ConnectionView }) {
  const { data: platforms } = useLive('platforms', [], () => client.connections.platforms());
  const fields = (platforms?.find(({ id }) => id === connection.platform)?.fields ?? []).filter(({ kind, name }) => kind !== 'secret' && kind !== 'mapping' && (connection.settings[name] ?? '') !== '');
  return (
    <>
      <Section title="Account">
        {connection.account === null ? <p className={css.unknown}>Nobody has been signed in yet.</p> : <AccountNote account={connection.account} />}
      </Section>
      {fields.length > 0 && (
        <Section title="Settings">
          <dl className={css.given}>
            {fields.map(({ name, label }) => {
              const value = connection.settings[name];
              return <div key={name}><dt>{label}</dt><dd dir="auto">{typeof value === 'boolean' ? value ? 'yes' : 'no' : String(value)}</dd></div>;
            })}
          </dl>
        </Section>
      )}
    </>
  );
}
