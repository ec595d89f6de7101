import { Lock } from 'lucide-react';
import type { ConnectionView, PlatformInfo } from '../../../src-main/contract/setup.ts';
import { client } from '../../host/client.ts';
import { useSecond } from '../../state/clock.ts';
import { namesItself, whereWords } from '../../state/source-words.ts';
import { useLive } from '../../state/use-live.ts';
import { HueDot } from '../../ui/badge.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Section } from '../../ui/section.tsx';
import { IntakeSections } from '../imports/intake-sections.tsx';
import { Abilities } from './abilities.tsx';
import { AccountNote, Missing } from './account-note.tsx';
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
      {share !== null && <Progress label="First sync" value={share} />}
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
export function ConnectionPage({ connection, intake }: { readonly connection: ConnectionView; readonly intake: PlatformInfo['intake'] }) {
  const now = useSecond();
  const { id, health, account } = connection;
  const [platform, instance] = whereWords(connection);
  const { data: abilities } = useLive(`abilities/${id}/${JSON.stringify(account)}`, [], () => client.connections.abilities({ id }));
  return (
    <div className={css.page}>
      <header className={css.head}>
        <HueDot hue={connection.hue} />
        <div className={css.names}>
          <h1 dir="auto">{connection.title}</h1>
          {!namesItself(connection) && <p>{platform}{instance !== null && <> on <bdi>{instance}</bdi></>}</p>}
        </div>
        <HealthMark health={health} />
      </header>
      {connection.provisioned && <p className={css.provided}><Lock aria-hidden="true" /> An administrator provides this connection; it is changed in the connections file.</p>}
      <Problem health={health} provisioned={connection.provisioned} now={now} />
      <FirstSync health={health} />
      <Facts health={health} now={now} />
      {intake !== null && <IntakeSections connection={connection} intake={intake} />}
      {abilities !== undefined && abilities.length > 0 && <Section title="What can be done there"><Abilities abilities={abilities} /></Section>}
    </div>
  );
}

/** Beside it: who we are there, and what it was given. */
export function ConnectionSide({ connection, intake }: { readonly connection: ConnectionView; readonly intake: PlatformInfo['intake'] }) {
  const { account } = connection;
  const { data: platforms } = useLive('platforms', [], () => client.connections.platforms());
  const fields = (platforms?.find(({ id }) => id === connection.platform)?.fields ?? []).filter(({ kind, name }) => kind !== 'secret' && kind !== 'mapping' && (connection.settings[name] ?? '') !== '');
  return (
    <>
      {intake === null
        ? <Section title="Account">{account === null ? <p className={css.unknown}>Nobody has been signed in yet.</p> : <AccountNote account={account} />}</Section>
        : account !== null && account.missing.length > 0 && <Section title="To know"><Missing lines={account.missing} /></Section>}
      {fields.length > 0 && (
        <Section title="Settings">
          <dl className={css.given}>
            {fields.map(({ name, label, options }) => {
              const value = connection.settings[name];
              const chosen = options.find((option) => option.value === value)?.label;
              return <div key={name}><dt>{label}</dt><dd dir="auto">{chosen ?? (typeof value === 'boolean' ? value ? 'yes' : 'no' : String(value))}</dd></div>;
            })}
          </dl>
        </Section>
      )}
    </>
  );
}
