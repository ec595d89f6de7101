import { Circle, CircleCheck, Clock, Lock, TriangleAlert } from 'lucide-react';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { HueDot } from '../../ui/badge.tsx';
import { List } from '../../ui/list.tsx';
import { healthWords, namesItself } from './health-words.ts';
import type { Tone } from './health-words.ts';
import css from './connections.module.css';

const MARKS = { good: CircleCheck, quiet: Circle, wait: Clock, act: TriangleAlert } as const satisfies Readonly<Record<Tone, unknown>>;

/** A state of health: a mark by shape and colour, and the word. */
export function HealthMark({ health }: { readonly health: ConnectionView['health'] }) {
  const { words, tone } = healthWords(health.state);
  const Mark = MARKS[tone];
  return <span className={css.health} data-tone={tone}><Mark aria-hidden="true" /> {words}</span>;
}

/** The connections, each with how it fares. */
export function ConnectionList({ connections, selected, onSelect }: { readonly connections: readonly ConnectionView[]; readonly selected: string | null; readonly onSelect: (id: string) => void }) {
  return (
    <List label="Connections" rows={connections} selected={selected} onSelect={onSelect}>
      {(connection) => (
        <div className={css.line}>
          <HueDot hue={connection.hue} />
          <div className={css.words}>
            <bdi className={css.title}>{connection.title}</bdi>
            <span className={css.facts}>{namesItself(connection) ? `${connection.health.pulled.toLocaleString()} reports brought in` : <>{connection.platformTitle} · <bdi>{connection.instance}</bdi></>}</span>
          </div>
          {connection.provisioned && <Lock className={css.lock} aria-label="Provided by an administrator" />}
          <HealthMark health={connection.health} />
        </div>
      )}
    </List>
  );
}
