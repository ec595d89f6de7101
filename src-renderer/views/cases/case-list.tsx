import { useDeferredValue, useRef, useState } from 'react';
import { create } from 'zustand';
import type { CaseRow } from '../../../src-main/contract/work.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { useKey } from '../../commands/use-keys.ts';
import { client } from '../../host/client.ts';
import { useNow } from '../../state/clock.ts';
import { navigate } from '../../state/route.ts';
import { usePages } from '../../state/use-pages.ts';
import { useCounts } from '../../state/counts.ts';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { List } from '../../ui/list.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { isDue } from './follow-up.ts';
import { askCase } from './open-flow.ts';
import { STAGE_WORDS } from './words.ts';
import css from './case-list.module.css';

/** What the list showed last, for when one comes back to it. */
const useListView = create<{ readonly closed: boolean; readonly selected: string | null }>(() => ({ closed: false, selected: null }));

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

function CaseLine({ row }: { readonly row: CaseRow }) {
  const due = isDue(row.followUpAt, useNow());
  return (
    <div className={css.line}>
      <span className={classes(css.number, 'tabular')}>{row.number}</span>
      <div className={css.words}>
        <bdi className={css.title}>{row.title}</bdi>
        <span className={css.facts}>
          opened <Time at={row.openedAt} as="when" /> by <bdi>{row.openedBy}</bdi> · {counted(row.partyCount, 'party', 'parties')} · {counted(row.itemCount, 'item', 'items')}
        </span>
      </div>
      {row.followUpAt !== null && <span className={classes(css.follow, due && css.due)}>{due ? 'follow-up due' : 'follow-up'} <Time at={row.followUpAt} as="when" /></span>}
      <Chip tone={row.stage === 'closed' ? 'plain' : 'accent'}>{STAGE_WORDS[row.stage]}</Chip>
    </div>
  );
}

/** All cases, newest first; those whose follow-up is due stand on top. */
export function CaseList() {
  const { closed, selected } = useListView();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const filter = useRef<HTMLInputElement>(null);
  const counts = useCounts((state) => state.cases);
  const today = useNow();
  const { rows: listed, failure, loaded, more } = usePages(`cases/${closed}/${asked}`, ['cases'], (after) => client.cases.list({ closed, text: asked, after }));
  const rows = listed.toSorted((a, b) => Number(isDue(b.followUpAt, today)) - Number(isDue(a.followUpAt, today)));
  const newKey = useKey('case.new');
  const caseKey = useKey('write.case');
  const now = selected ?? rows[0]?.id ?? null;
  const select = (id: string): void => {
    useListView.setState({ selected: id });
    if (id === listed.at(-1)?.id) more?.();
  };
  useListMoves(rows.map(({ id }) => id), now, select);
  useCommands({
    'case.new': () => askCase([], ''),
    'case.open': { run: () => { if (now !== null) navigate('cases', now); }, why: () => (now === null ? 'There is no case here yet.' : null) },
    'case.closed': () => useListView.setState({ closed: !closed, selected: null }),
    'find.filter': () => filter.current?.focus(),
  });
  const keys = [...(newKey === undefined ? [] : [{ keys: newKey, text: 'open a case' }]), ...(caseKey === undefined ? [] : [{ keys: caseKey, text: 'open one from the item in the queue' }])];
  return (
    <div className={css.place}>
      <PlaceHead title="Cases" said={counts === null ? undefined : `${counts.open} open${counts.due > 0 ? ` · ${counts.due} due` : ''}`}>
        <FilterBox ref={filter} label="Filter cases" text={text} onText={setText} />
        <Button pressed={closed} keys={useKey('case.closed')} onClick={() => useListView.setState({ closed: !closed, selected: null })}>Closed</Button>
        <Button keys={newKey} onClick={() => askCase([], '')}>New case</Button>
      </PlaceHead>
      {failure !== null && <div className={css.failure}><ErrorNote failure={failure} /></div>}
      {rows.length > 0 && <List label="Cases" rows={rows} selected={now} onSelect={select} onOpen={(id) => navigate('cases', id)}>{(row) => <CaseLine row={row} />}</List>}
      {rows.length === 0 && loaded && failure === null && (asked === '' && !closed
        ? <Empty title="No open cases" said="A case holds a conflict between members: who is in it, what was kept as evidence, notes and a day to look again." next={keys} />
        : <Empty title={closed ? 'No closed cases' : 'No case with these words'} said={asked === '' ? 'A case moves here when it reaches its last stage.' : 'Escape clears the filter.'} />)}
    </div>
  );
}
