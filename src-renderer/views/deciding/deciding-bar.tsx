import { run } from '../../commands/dispatch.ts';
import { commandTable } from '../../commands/keymap.ts';
import { useKey } from '../../commands/use-keys.ts';
import type { CommandId } from '../../../src-main/contract/commands.ts';
import type { Verb } from '../../../src-main/contract/words.ts';
import { answer, choicesFor } from '../../state/deciding.ts';
import { currentVerb, labelsOf, MOST_NUMBERED, offerOf, stepsOf } from '../../state/deciding-steps.ts';
import type { Choices, Draft, Step } from '../../state/deciding-steps.ts';
import { useGuideline, useGuidelines } from '../../state/guidelines.ts';
import { actionWords, VERB_WORDS } from '../../state/verb-words.ts';
import { classes } from '../../ui/classes.ts';
import { Kbd, Keys } from '../../ui/kbd.tsx';
import { duration } from '../../ui/time-words.ts';
import { useSourceTitle } from '../guidelines/source-words.ts';
import { WordsPanel } from './words-panel.tsx';
import css from './deciding.module.css';

const STEP_TITLES: Readonly<Record<Step, string>> = { reason: 'Reason', duration: 'How long', labels: 'Label', words: 'Words' };

/** Labels beside another verb are ways to do it. */
function stepTitle(step: Step, verb: Verb | undefined): string {
  return step === 'labels' && verb !== 'label' ? 'How' : STEP_TITLES[step];
}

/** The bar while it asks: what was chosen, the numbered answers of this step, and how to commit. */
export function DecidingBar({ draft }: { readonly draft: Draft }) {
  const choices = choicesFor(draft.itemIds);
  const verb = currentVerb(draft);
  const offer = verb === undefined ? undefined : offerOf(choices, verb);
  const steps = stepsOf(draft, choices);
  const guideline = useGuideline(draft.guidelineId);
  return (
    <>
      <div className={css.chosen}>
        <strong>{draft.actions.length === 0 ? 'Combine' : actionWords(draft.actions)}{draft.adding && draft.actions.length > 0 ? ' +' : ''}</strong>
        {guideline !== undefined && <span className={css.under}>{guideline.number} {guideline.title}</span>}
        {draft.itemIds.length > 1 && <span className={css.count}>{draft.itemIds.length} items</span>}
      </div>
      {!draft.adding && (
        <div className={css.steps} role="group" aria-label={stepTitle(draft.step, verb)}>
          <Answers draft={draft} choices={choices} />
        </div>
      )}
      {offer !== undefined && !offer.reversible && verb !== undefined && !VERB_WORDS[verb].local && <span className={css.final}>No way back once sent</span>}
      <div className={css.ways}>
        {!draft.adding && steps.indexOf(draft.step) < steps.length - 1 && <Way keys="Tab" title={stepTitle(steps[steps.indexOf(draft.step) + 1] ?? 'words', verb).toLowerCase()} />}
        <CommandWay id="decide.commit" title="commit" main />
        <CommandWay id="decide.commit-stay" title="stay" />
        <CommandWay id="decide.cancel" title="cancel" />
      </div>
      {draft.step === 'words' && <WordsPanel draft={draft} choices={choices} />}
    </>
  );
}

function Way({ keys, title }: { readonly keys: string; readonly title: string }) {
  return <span className={css.way}><Keys chord={keys} /> {title}</span>;
}

function CommandWay({ id, title, main = false }: { readonly id: CommandId; readonly title: string; readonly main?: boolean }) {
  const keys = useKey(id);
  const command = commandTable.find((known) => known.id === id);
  return (
    <button
      type="button"
      className={classes(css.way, main && css.main)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => { if (command !== undefined) run(command, 'pointer'); }}
    >
      {keys !== undefined && <Keys chord={keys} />} {title}
    </button>
  );
}

type Answer = { readonly number: number; readonly title: string; readonly chosen: boolean };

function Answers({ draft, choices }: { readonly draft: Draft; readonly choices: Choices }) {
  const guidelines = useGuidelines((state) => state.all);
  const titleOf = useSourceTitle();
  const answers = answersOf(draft, choices, (id) => {
    const guideline = guidelines.find((known) => known.id === id);
    if (guideline === undefined) return '…';
    // Ours and the connection's own may have one title.
    const source = choices.guidelines.some((other) => other !== id && guidelines.find((known) => known.id === other)?.title === guideline.title) ? titleOf(guideline.connectionId) : null;
    return source === null ? guideline.title : `${guideline.title} · ${source}`;
  });
  if (draft.step === 'words') return <span className={css.ask}>Write above; Enter commits, Alt+Enter begins a new line</span>;
  if (answers.length === 0) return <span className={css.ask}>No guideline fits by itself; Enter commits without one</span>;
  return answers.map(({ number, title, chosen }) => (
    <button
      key={number}
      type="button"
      className={css.answer}
      aria-pressed={chosen}
      title={title}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => answer(number)}
    >
      <Kbd>{String(number)}</Kbd>
      <span dir="auto">{title}</span>
    </button>
  ));
}

function answersOf(draft: Draft, choices: Choices, titleOf: (id: string) => string): readonly Answer[] {
  const verb = currentVerb(draft);
  const offer = verb === undefined ? undefined : offerOf(choices, verb);
  const last = draft.actions.at(-1);
  switch (draft.step) {
    case 'reason': {
      const shown = choices.guidelines.slice(0, MOST_NUMBERED).map((id, index) => ({ number: index + 1, title: titleOf(id), chosen: id === draft.guidelineId }));
      return shown.length === 0 ? [] : [{ number: 0, title: 'None', chosen: draft.guidelineId === null }, ...shown];
    }
    case 'duration':
      return (offer?.durations ?? []).slice(0, MOST_NUMBERED).map((ms, index) => ({ number: index + 1, title: duration(ms), chosen: last?.durationMs === ms }));
    case 'labels': {
      const { labels, areMany } = labelsOf(draft, choices);
      const shown = labels.slice(0, MOST_NUMBERED).map((label, index) => ({ number: index + 1, title: label, chosen: last?.labels?.includes(label) === true }));
      const beyond = last?.labels?.some((label) => labels.indexOf(label) >= MOST_NUMBERED) === true;
      return areMany ? [{ number: 0, title: `All ${labels.length}…`, chosen: beyond }, ...shown] : shown;
    }
    case 'words':
      return [];
  }
}
