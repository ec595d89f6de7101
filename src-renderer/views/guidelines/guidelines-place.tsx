import { useDeferredValue, useRef, useState } from 'react';
import type { GuidelineDraft, GuidelineView } from '../../../src-main/contract/work.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { client } from '../../host/client.ts';
import { attempt } from '../../state/attempt.ts';
import { replaceRoute } from '../../state/route.ts';
import { toast } from '../../state/toasts.ts';
import { useHeld } from '../../state/use-held.ts';
import { useLive } from '../../state/use-live.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panes } from '../../ui/panes.tsx';
import { draftOf, newDraft } from './draft-text.ts';
import { EditingPlace } from './editing-place.tsx';
import { GuidelineList } from './guideline-list.tsx';
import type { FoundGuideline } from './guideline-list.tsx';
import { GuidelineSide, ReadingView } from './reading-view.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

const NONE: readonly FoundGuideline[] = [];

/** What is listed: everything, or what a search found, with the retired ones where they are wanted. */
async function find(text: string, retired: boolean): Promise<readonly FoundGuideline[]> {
  if (text !== '') return (await client.guidelines.search({ text })).map(({ guideline, excerpt }) => ({ id: guideline.id, guideline, excerpt }));
  return (await client.guidelines.list({ retired })).map((guideline) => ({ id: guideline.id, guideline, excerpt: '' }));
}

function select(id: string): void {
  replaceRoute('guidelines', id);
}

async function retire(guideline: GuidelineView, source: Source): Promise<void> {
  const done = await attempt(client.guidelines.retire({ id: guideline.id, retired: !guideline.retired, source }));
  if (done !== null) toast({ tone: 'done', text: `${done.number} ${done.title} ${done.retired ? 'is retired; it is no longer offered' : 'is in force again'}` });
}

/** The guidelines: list, text, versions, and the pen. */
export function GuidelinesPlace({ id }: { readonly id: string | null }) {
  const [text, setText] = useState('');
  const [retired, setRetired] = useState(false);
  const [editing, setEditing] = useState<GuidelineDraft | null>(null);
  const [comparing, setComparing] = useState<number | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const asked = useDeferredValue(text.trim());
  const { data: found, failure } = useLive(`guidelines/${retired}/${asked}`, ['guidelines'], () => find(asked, retired));
  // Between two letters of a search the last answer stays in sight.
  const shown = useHeld(found) ?? NONE;
  const now = shown.find((known) => known.id === id)?.guideline ?? shown[0]?.guideline;
  const versions = useLive(now === undefined ? null : `versions/${now.id}`, ['guidelines'], () => client.guidelines.versions({ id: now?.id ?? '' }));

  const why = (): string | null => (now === undefined ? 'Choose a guideline first.' : null);
  useListMoves(editing === null ? shown.map((known) => known.id) : [], now?.id ?? null, select);
  useCommands(editing !== null ? {} : {
    'guideline.new': () => setEditing(newDraft(crypto.randomUUID(), shown.map(({ guideline }) => guideline))),
    'guideline.edit': { run: () => { if (now !== undefined) setEditing(draftOf(now)); }, why },
    'guideline.versions': { run: () => { if (now !== undefined) setComparing(now.version); }, why },
    'guideline.retired': () => setRetired(!retired),
    'guideline.retire': { run: (source) => { if (now !== undefined) void retire(now, source); }, why },
    'find.filter': () => filter.current?.focus(),
  });

  if (editing !== null) {
    const standing = shown.find((known) => known.id === editing.id)?.guideline;
    return <EditingPlace first={editing} standing={standing} onClose={(published) => { setEditing(null); if (published !== null) select(published.id); }} />;
  }
  return (
    <Panes
      list={<GuidelineList found={shown} loaded={shown !== NONE} text={text} onText={setText} filterRef={filter} selected={now?.id ?? null} onSelect={select} />}
      {...(now === undefined ? {} : { side: <GuidelineSide guideline={now} versions={versions.data ?? []} onVersion={setComparing} /> })}
    >
      {failure !== null && <ErrorNote failure={failure} />}
      {now !== undefined && <ReadingView key={now.id} guideline={now} />}
      {comparing !== null && versions.data !== undefined && <VersionsDialog versions={versions.data} first={comparing} onClose={() => setComparing(null)} />}
    </Panes>
  );
}
