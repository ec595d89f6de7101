import type { CommandId } from '../../../src-main/contract/commands.ts';
import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { runCommand } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { Button } from '../../ui/button.tsx';
import { moment } from '../../ui/time-words.ts';
import { needsPerson, remedy, span } from './health-words.ts';
import css from './connections.module.css';

function Remedy({ words, command, main }: { readonly words: string; readonly command: CommandId; readonly main: boolean }) {
  return <Button look={main ? 'main' : 'plain'} keys={useKey(command)} onClick={() => { runCommand(command, 'pointer'); }}>{words}</Button>;
}

/** What went wrong in plain words, what to do or when Docket tries again, and the trace to quote. */
export function Problem({ health, provisioned, now }: { readonly health: ConnectionView['health']; readonly provisioned: boolean; readonly now: number }) {
  const { state, problem, traceId, nextSyncAt } = health;
  const way = remedy(state);
  if (problem === null && (way === null || state === 'paused')) return null;
  return (
    <div className={css.problem} data-tone={needsPerson(state) ? 'act' : 'wait'}>
      <p dir="auto">{problem ?? 'Docket keeps its secrets locked until you unlock them.'}</p>
      {provisioned && state === 'sign-in-needed' && <p className={css.trace}>What an administrator’s connections file gives is changed there; Docket reads it at its start. Where the platform has a sign-in page, it can be opened here.</p>}
      {nextSyncAt !== null && <p className={css.trace}>{nextSyncAt <= now ? 'Docket tries again now.' : `Docket tries again by itself in ${span(nextSyncAt - now)}, at ${moment(nextSyncAt, now)}.`}</p>}
      {traceId !== null && problem?.includes(traceId) !== true && <p className={css.trace}>Trace <code>{traceId}</code></p>}
      {way !== null && <div><Remedy words={way.words} command={way.command} main={needsPerson(state)} /></div>}
    </div>
  );
}
