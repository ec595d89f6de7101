import { Circle, CircleCheck, Clock, Lock, TriangleAlert } from 'lucide-react';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { useSecond } from '../../state/clock.ts';
import { namesItself, sourceName, whereWords } from '../../state/source-words.ts';
import { HueDot } from '../../ui/badge.tsx';
import { List } from '../../ui/list.tsx';
import { Progress } from '../../ui/progress.tsx';
import { glance, progress, stateWords } from './health-words.ts';
import type { Tone } from './health-words.ts';
import css from './connection-list.module.css';

const MARKS = { good: CircleCheck, quiet: Circle, wait: Clock, act: TriangleAlert } as const satisfies Readonly<Record<Tone, unknown>>;

/** A state of health: a mark by shape and colour, and the word. */
export function HealthMark({ health }: { readonly health: ConnectionView['health'] }) {
  const { words, tone } = stateWords(health);
  const Mark = MARKS[tone];
  return <span className={css.health} data-tone={tone}><Mark aria-hidden="true" /> {words}</span>;
}

/** The connections, each with how it fares. */
export function ConnectionList({ connections, selected, onSelect }: { readonly connections: readonly ConnectionView[]; readonly selected: string | null; readonly onSelect: (id: string) => void }) {
  const now = useSecond();
  return (
    <List label="Connections" rows={connections} selected={selected} onSelect={onSelect}>
      {(connection) => <Line connection={connection} now={now} />}
    </List>
  );
}

function Line({ connection, now }: { readonly connection: ConnectionView; readonly now: number }) {
  const { health } = connection;
  const share = progress(health);
  const [platform, instance] = whereWords(connection);
  return (
    <div className={css.line}>
      <HueDot hue={connection.hue} />
      <div className={css.words}>
        <div className={css.upper}>
          <bdi className={css.title} title={connection.title}>{sourceName(connection)}</bdi>
          {connection.provisioned && <Lock className={css.lock} aria-label="Provided by an administrator" />}
          <HealthMark health={health} />
        </div>
        <div className={css.lower}>
          <span className={css.where}>{!namesItself(connection) && instance !== null && <><bdi>{instance}</bdi> · </>}{platform}</span>
          <span className={css.glance}>{glance(health, now)}</span>
        </div>
      </div>
      {share !== null && <Progress label="First sync" value={share} thin />}
    </div>
  );
}
