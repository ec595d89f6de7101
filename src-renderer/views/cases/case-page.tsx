import { useState } from 'react';
import { useCommands } from '../../commands/handlers.ts';
import { useListMoves } from '../../commands/use-list-moves.ts';
import { navigate } from '../../state/route.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panes } from '../../ui/panes.tsx';
import { putPenDown, takePen, usePen } from '../notes/pen.ts';
import { CaseHead } from './case-head.tsx';
import { CaseNotes } from './case-notes.tsx';
import { CaseSide } from './case-side.tsx';
import { EvidenceDialog, LinkDialog } from './evidence-dialogs.tsx';
import { PartyDialog } from './party-dialog.tsx';
import { AudienceDialog, FollowUpDialog, RemoveDialog, RenameDialog } from './small-dialogs.tsx';
import { caseTimeline } from './timeline.ts';
import { TimelineView } from './timeline-view.tsx';
import { changeCase, useCase, useCaseItems } from './use-case.ts';
import { stageBeside } from './words.ts';
import css from './case-page.module.css';

type Open = 'party' | 'link' | 'follow-up' | 'rename' | 'audience' | 'remove' | { readonly evidence: number | null } | null;

/** One case: the way from complaint to closing, what happened between the sides, the notes, and beside them who and what. */
export function CasePage({ id }: { readonly id: string }) {
  const { data: detail, failure } = useCase(id);
  const items = useCaseItems(detail);
  const [open, setOpen] = useState<Open>(null);
  const [chosen, setSelected] = useState<string | null>(null);
  const [shownNote, setShownNote] = useState<string | null>(null);
  const entries = detail === undefined ? [] : caseTimeline(detail, items);
  // Until one is chosen the latest post is: Enter leads to it.
  const selected = chosen ?? entries.findLast(({ itemId }) => itemId !== null)?.key ?? null;
  const writing = usePen((state) => state.about === `case/${id}`);
  useListMoves(entries.map(({ key }) => key), selected, setSelected);

  const entry = entries.find(({ key }) => key === selected);
  const openEntry = (key: string | null): void => {
    const opened = entries.find((known) => known.key === key);
    if (opened === undefined) return;
    if (opened.itemId === null) setShownNote(opened.key);
    else navigate('queue', String(opened.itemId));
  };
  const note = shownNote ?? detail?.notes.at(-1)?.id ?? null;
  const about = { kind: 'case' as const, id };
  const close = (): void => setOpen(null);
  useCommands(detail === undefined ? { 'app.cancel': () => navigate('cases') } : {
    'case.open': { run: () => openEntry(selected), why: () => (entry === undefined ? 'Nothing is linked yet.' : null) },
    'case.note': () => takePen(about, note),
    'case.note-new': () => takePen(about),
    'case.party': () => setOpen('party'),
    'case.item': () => setOpen('link'),
    'case.stage-next': (source) => { void changeCase(detail, { stage: stageBeside(detail.stage, 1) }, source); },
    'case.stage-previous': (source) => { void changeCase(detail, { stage: stageBeside(detail.stage, -1) }, source); },
    'case.follow-up': () => setOpen('follow-up'),
    'case.rename': () => setOpen('rename'),
    'case.audience': () => setOpen('audience'),
    'case.evidence': { run: () => setOpen({ evidence: entry?.itemId ?? null }), why: () => (detail.items.length === 0 ? 'Nothing is linked yet.' : null) },
    'case.remove': { run: () => setOpen('remove'), why: () => (detail.items.length + detail.parties.length === 0 ? 'There is nothing to take out.' : null) },
    'app.cancel': () => { if (writing) putPenDown(); else navigate('cases'); },
  });

  if (detail === undefined) return failure === null ? null : <div className={css.page}><ErrorNote failure={failure} /></div>;
  return (
    <Panes side={<CaseSide detail={detail} onEvidence={(itemId) => setOpen({ evidence: itemId })} />}>
      <div className={css.page} tabIndex={-1} data-focus-home>
        <CaseHead detail={detail} onStage={(stage) => { void changeCase(detail, { stage }, 'pointer'); }} />
        {failure !== null && <ErrorNote failure={failure} />}
        {entries.length > 0 && <TimelineView detail={detail} entries={entries} selected={selected} onSelect={setSelected} onOpen={({ key }) => openEntry(key)} />}
        <CaseNotes detail={detail} shownId={note} onShow={setShownNote} />
      </div>
      {open === 'party' && <PartyDialog detail={detail} onClose={close} />}
      {open === 'link' && <LinkDialog detail={detail} onClose={close} />}
      {open === 'follow-up' && <FollowUpDialog detail={detail} onClose={close} />}
      {open === 'rename' && <RenameDialog detail={detail} onClose={close} />}
      {open === 'audience' && <AudienceDialog detail={detail} onClose={close} />}
      {open === 'remove' && <RemoveDialog detail={detail} onClose={close} />}
      {typeof open === 'object' && open !== null && <EvidenceDialog detail={detail} itemId={open.evidence} onClose={close} />}
    </Panes>
  );
}
