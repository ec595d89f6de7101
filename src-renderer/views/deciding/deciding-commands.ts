import { useEffect } from 'react';
import { useCommandContext } from '../../commands/contexts.ts';
import { isEditable, takeKeysFirst } from '../../commands/dispatch.ts';
import { useCommands } from '../../commands/handlers.ts';
import type { HandlerEntry } from '../../commands/handlers.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { commit } from '../../state/commit.ts';
import { answer, cancelDeciding, changeDraft, choicesFor, chooseVerb, targetIds, useDeciding, verbWhy } from '../../state/deciding.ts';
import { stepped, stepsOf } from '../../state/deciding-steps.ts';
import { redo, undo } from '../../state/undo.ts';

function verb(name: Verb): HandlerEntry {
  return {
    run: () => chooseVerb(name),
    why: () => verbWhy(name),
  };
}

/** Digits answer the present step, Tab walks through the steps; both before any command sees them. */
function answerKeys(event: KeyboardEvent): boolean {
  const { draft } = useDeciding.getState();
  if (draft === null || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'Tab') {
    const choices = choicesFor(draft.itemIds);
    const by = event.shiftKey ? -1 : 1;
    // From the words Tab walks on between their boxes by itself.
    if (draft.step === 'words' && by === 1) return false;
    if (isEditable(event.target) && document.activeElement?.matches('[data-first-words]') !== true) return false;
    if (stepsOf(draft, choices).indexOf(draft.step) === 0 && by === -1) return false;
    changeDraft((now) => stepped(now, by, choices));
    return true;
  }
  if (isEditable(event.target) || event.shiftKey) return false;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? (/^\d$/.test(event.key) ? event.key : undefined);
  if (digit === undefined) return false;
  if (!event.repeat) answer(Number(digit));
  return true;
}

/** The keys of deciding; `open` while the bar asks. */
export function useDecidingCommands(open: boolean): void {
  useCommandContext('deciding', open);
  useEffect(() => (open ? takeKeysFirst(answerKeys) : undefined), [open]);
  useCommands({
    'decide.remove': verb('remove'),
    'decide.mute': verb('mute'),
    'decide.warn': verb('warn'),
    'decide.suspend': verb('suspend'),
    'decide.dismiss': verb('dismiss'),
    'decide.label': verb('label'),
    'decide.lock': verb('lock'),
    'decide.restore': verb('restore'),
    'decide.escalate': verb('escalate'),
    'decide.snooze': verb('snooze'),
    'decide.message': verb('message'),
    'decide.combine': { run: () => chooseVerb(null), why: () => (targetIds().length === 0 ? 'Nothing is selected.' : null) },
    'decide.commit': open ? (source) => commit(false, source) : undefined,
    'decide.commit-stay': open ? (source) => commit(true, source) : undefined,
    'decide.cancel': open ? cancelDeciding : undefined,
    'back.undo': (source) => { void undo(source); },
    'back.redo': (source) => { void redo(source); },
  });
}
