import { Lock } from 'lucide-react';
import type { CommandId } from '../../../src-main/contract/commands.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { runCommand } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { useNow } from '../../state/clock.ts';
import { useLive } from '../../state/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { HealthMark } from './connection-list.tsx';
import { healthFacts, namesItself, progress, remedy } from './health-words.ts';
import { AccountNote } from './account-note.tsx';
import css from './connections.module.css';

function Remedy({ words, command }: { readonly words: string; readonly command: CommandId }) {
  return <Button look="main" keys={useKey(command)} onClick={() => { runCommand(command, 'pointer'); }}>{words}</Button>;
}

/** What went wrong in plain words, what to do, and the trace to quote. */
function Problem({ health }: { readonly health: ConnectionView['health'] }) {
  const way = remedy(health.state);
  if (health.problem === null && (way === null || health.state === 'paused')) return null;
  return (
    <div className={css.problem}>
      <p dir="auto">{health.problem ?? 'Docket keeps its secrets locked until you unlock them.'}</p>
      {health.traceId !== null && health.problem?.includes(health.traceId) !== true && <p className={css.trace}>Trace <code>{health.traceId}</code></p>}
      {way !== null && <div><Remedy words={way.words} command={way.command} /></div>}
    </div>
  );
}

function FirstSync({ health }: { readonly health: ConnectionView['health'] }) {
  const share = progress(health);
  if (health.state !== 'first-sync') return null;
  return (
    <div className={css.first}>
      <progress aria-label="First sync" {...(share === null ? {} : { value: share, max: 1 })} />
      <p>{share === null
        ? `${health.pulled.toLocaleString()} brought in so far; the platform does not say how many there are.`
        : `${health.pulled.toLocaleString()} of ${health.total?.toLocaleString()} brought in, ${Math.floor(share * 100)} percent.`} You can decide on them already.</p>
    </div>
  );
}

/** One connection: how it fares, who we are there, what it was given. */
export function ConnectionPage({ connection }: { readonly connection: ConnectionView }) {
  const now = useNow();
  const { health, account } = connection;
  const { data: platforms } = useLive('platforms', [], () => client.connections.platforms());
  const fields = platforms?.find(({ id }) => id === connection.platform)?.fields ?? [];
  const labelOf = (name: string): string => fields.find((field) => field.name === name)?.label ?? name;
  const given = Object.entries(connection.settings).filter(([, value]) => value !== '');
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.names}>
          <h1 dir="auto">{connection.title}</h1>
          {!namesItself(connection) && <p>{connection.platformTitle} on <bdi>{connection.instance}</bdi></p>}
        </div>
        <HealthMark health={health} />
      </header>
      {connection.provisioned && <p className={css.provided}><Lock aria-hidden="true" /> An administrator provides this connection; it is changed in the connections file.</p>}
      <Problem health={health} />
      <FirstSync health={health} />
      <dl className={css.numbers}>
        {healthFacts(health, now).map(({ label, value }) => <div key={label}><dt>{label}</dt><dd className="tabular">{value}</dd></div>)}
      </dl>
      {account !== null && <Section title="Account"><AccountNote account={account} /></Section>}
      {given.length > 0 && (
        <Section title="Settings">
          <dl className={css.given}>{given.map(([name, value]) => <div key={name}><dt>{labelOf(name)}</dt><dd dir="auto">{typeof value === 'boolean' ? value ? 'yes' : 'no' : String(value)}</dd></div>)}</dl>
        </Section>
      )}
    </div>
  );
}
