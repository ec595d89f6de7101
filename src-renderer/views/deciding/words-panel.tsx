import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import { wordBoxes } from '../../state/commit.ts';
import { changeDraft } from '../../state/deciding.ts';
import type { Choices, Draft } from '../../state/deciding-steps.ts';
import { offerOf, whoReads } from '../../state/deciding-steps.ts';
import { details } from '../../state/details.ts';
import { flushDraft, keepDraft, keptDraft } from '../../state/drafts.ts';
import { useTemplates } from '../../state/templates.ts';
import { withTemplate } from '../../state/with-template.ts';
import type { Template } from '../../state/with-template.ts';
import { Field, Select, TextArea, TextBox } from '../../ui/field.tsx';
import css from './deciding.module.css';

/** Enter commits everywhere while deciding, so a new line takes a modifier. */
function newLine(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.altKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  const box = event.currentTarget;
  box.setRangeText('\n', box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Texts that were written for this item before a crash or a cancel come back, into view and never unseen. */
async function bringWords(id: number): Promise<void> {
  const [messageBox, reasonBox] = wordBoxes(id);
  const [message, reason] = await Promise.all([keptDraft(messageBox), keptDraft(reasonBox)]);
  changeDraft((draft) => (draft.itemIds[0] !== id ? draft : { ...draft, message: draft.message === '' ? message ?? '' : draft.message, reason: draft.reason === '' ? reason ?? '' : draft.reason }));
}

/** What is written with a decision: a message to the member, and the reason for the log. */
export function WordsPanel({ draft, choices }: { readonly draft: Draft; readonly choices: Choices }) {
  const [id] = draft.itemIds;
  const templates = useTemplates(commonConnection(draft.itemIds));
  useEffect(() => { if (id !== undefined) void bringWords(id); }, [id]);
  if (id === undefined) return null;
  const [messageBox, reasonBox] = wordBoxes(id);
  const author = details.get(id)?.subject.author;
  const toMember = draft.actions.some(({ verb }) => verb === 'message' || offerOf(choices, verb)?.message === true);
  return (
    <div className={css.words}>
      {toMember && (
        <Field label={addressed(draft, choices, author?.name ?? null)} help="Sent with the decision.">
          {(ids) => (
            <TextArea
              id={ids.id}
              aria-describedby={ids.describedBy}
              autoFocus
              data-first-words
              value={draft.message}
              onKeyDown={newLine}
              onChange={(event) => {
                const message = event.target.value;
                keepDraft(messageBox, message);
                changeDraft((now) => ({ ...now, message }));
              }}
              onBlur={() => flushDraft(messageBox)}
            />
          )}
        </Field>
      )}
      {toMember && templates.length > 0 && (
        <TemplatePicker
          templates={templates}
          onPick={(text) => changeDraft((now) => {
            const message = withTemplate(now.message, text, templates);
            keepDraft(messageBox, message);
            return { ...now, message };
          })}
        />
      )}
      <Field label="Reason" help={whoReads(draft, choices)}>
        {(ids) => (
          <TextBox
            id={ids.id}
            aria-describedby={ids.describedBy}
            autoFocus={!toMember}
            {...(toMember ? {} : { 'data-first-words': true })}
            value={draft.reason}
            onChange={(event) => {
              const reason = event.target.value;
              keepDraft(reasonBox, reason);
              changeDraft((now) => ({ ...now, reason }));
            }}
            onBlur={() => flushDraft(reasonBox)}
          />
        )}
      </Field>
    </div>
  );
}

/** Who the message goes to. */
function addressed({ actions, itemIds }: Draft, choices: Choices, author: string | null): string {
  const reporters = actions.some(({ verb }) => offerOf(choices, verb)?.target === 'reporter');
  if (itemIds.length > 1) return reporters ? 'Message to whoever reported them' : 'Message to each member';
  return reporters ? 'Message to whoever reported it' : `Message to ${author ?? 'the member'}`;
}

/** The connection of all items of a decision; undefined where they come from several. */
function commonConnection(ids: readonly number[]): string | undefined {
  const known = new Set(ids.map((id) => details.get(id)?.row.connectionId));
  return known.size === 1 ? [...known][0] : undefined;
}

/** Puts what the team has written in advance into the message, where it can still be changed. */
function TemplatePicker({ templates, onPick }: { readonly templates: readonly Template[]; readonly onPick: (text: string) => void }) {
  const options = [{ value: '', label: 'None' }, ...templates.map(({ id, name, language }) => ({ value: id, label: language === null ? name : `${name} (${language})` }))];
  return (
    <Field label="Template" help="Put into the message, where you can change it.">
      {(ids) => (
        <Select
          id={ids.id}
          aria-describedby={ids.describedBy}
          value=""
          options={options}
          onPick={(picked) => {
            const template = templates.find(({ id }) => id === picked);
            if (template !== undefined) onPick(template.text);
          }}
        />
      )}
    </Field>
  );
}
