import type { DecisionInput, DecisionOutcome } from '../../src-main/contract/work.ts';
import type { Source } from '../../src-main/contract/words.ts';
import { client } from '../host/client.ts';
import { failureOf } from '../host/failure.ts';
import { useCounts } from './counts.ts';
import { cancelDeciding, useDeciding } from './deciding.ts';
import { missing, stateAfter } from './deciding-steps.ts';
import type { Draft } from './deciding-steps.ts';
import { outdateDetails } from './details.ts';
import { dropDraft } from './drafts.ts';
import { guidelineById } from './guidelines.ts';
import { formerPlaces, leaveList } from './leaving.ts';
import { changeWindow, useQueue } from './queue.ts';
import { withBack } from './queue-window.ts';
import { rows } from './rows.ts';
import { inOrder, untilAnswered } from './serial.ts';
import { useSettings } from './settings.ts';
import { closeToast, toast } from './toasts.ts';
import { undo } from './undo.ts';
import { decidedWords, VERB_WORDS } from './verb-words.ts';

function inputOf(draft: Draft, source: Source): DecisionInput {
  return {
    id: crypto.randomUUID(),
    items: draft.itemIds.map((id) => ({ id, basis: draft.basis.get(id) ?? 0 })),
    actions: draft.actions.map((action) => ({ ...action })),
    guidelineId: draft.guidelineId,
    reason: draft.reason.trim(),
    message: draft.message.trim() === '' ? null : draft.message.trim(),
    source,
  };
}

function sayDecided(draft: Draft, id: string, undoUntil: number | null): void {
  const guideline = guidelineById(draft.guidelineId);
  const parts = [
    decidedWords(draft.actions),
    ...(draft.itemIds.length > 1 ? [`${draft.itemIds.length} items`] : []),
    ...(guideline === undefined ? [] : [`${guideline.number} ${guideline.title}`]),
  ];
  const sends = draft.actions.some(({ verb }) => !VERB_WORDS[verb].local);
  toast({
    id: 'decided',
    tone: 'done',
    text: parts.join(' · '),
    countdownTo: sends && useCounts.getState().lostAt === null ? undoUntil : null,
    until: Math.max(undoUntil ?? 0, Date.now() + 5000),
    action: { title: 'Undo', keys: useSettings.getState().keymap.keysOf.get('back.undo')?.[0], run: () => { void undo('pointer', id); } },
  });
}

/**
 * Commits the open draft: the screen moves on at once, the backend confirms behind it, and a refusal puts the item
 * back and says why. `stay` keeps the item on screen.
 */
export function commit(stay: boolean, source: Source): void {
  const { draft } = useDeciding.getState();
  if (draft === null) return;
  const lacking = missing(draft);
  if (lacking !== null) {
    toast({ id: 'why-not', text: lacking });
    return;
  }
  const input = inputOf(draft, source);
  const after = stateAfter(draft.actions);
  const leaves = after !== null && after !== useQueue.getState().filter.state && !stay;
  cancelDeciding();
  if (leaves) leaveList(draft.itemIds);
  else changeWindow((window) => ({ ...window, picked: new Set() }));
  const { undoSeconds = 8 } = useSettings.getState().settings ?? {};
  sayDecided(draft, input.id, undoSeconds === 0 ? null : Date.now() + undoSeconds * 1000);
  forgetWords(draft);
  void send(draft, input);
}

async function send(draft: Draft, input: DecisionInput): Promise<void> {
  try {
    const outcome: DecisionOutcome = await inOrder(() => untilAnswered(() => client.decide.record(input)));
    for (const row of outcome.items) rows.put(row.id, row);
    outdateDetails(draft.itemIds);
  } catch (error) {
    refused(draft, error);
  }
}

function refused(draft: Draft, error: unknown): void {
  const failure = failureOf(error);
  closeToast('decided');
  const back = draft.itemIds.flatMap((id) => rows.get(id) ?? []);
  outdateDetails(draft.itemIds);
  const places = formerPlaces(draft.itemIds);
  changeWindow((window) => withBack(window, places.filter(({ id }) => !window.ids.includes(id))));
  const [first] = back;
  if (first !== undefined) changeWindow((window) => ({ ...window, selected: first.id }));
  const said = failure.code === 'STALE' ? `Not decided: it changed meanwhile. ${failure.message}` : `Not decided. ${failure.message}`;
  toast({ tone: 'failed', text: failure.traceId !== null && failure.code === 'INTERNAL' ? `${said} Trace ${failure.traceId}.` : said, until: null });
}

/** Drops the texts of a draft that was committed. */
function forgetWords(draft: Draft): void {
  const [id] = draft.itemIds;
  if (id === undefined || (draft.message === '' && draft.reason === '')) return;
  for (const box of wordBoxes(id)) dropDraft(box);
}

/** The names under which a decision's texts are kept until it is committed. */
export function wordBoxes(itemId: number): readonly [message: string, reason: string] {
  return [`decide/${itemId}/message`, `decide/${itemId}/reason`];
}
