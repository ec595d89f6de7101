import { useDeferredValue, useState } from 'react';
import { client } from '../../host/client.ts';
import { restOn } from '../../state/deciding.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { navigate } from '../../state/route.ts';
import { useHeld } from '../../state/use-held.ts';
import { useLive } from '../../state/use-live.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Picker } from '../../ui/picker.tsx';
import { stepWords, strikeWords } from './ladder-words.ts';
import { useSourceTitle } from './source-words.ts';
import css from './look-up.module.css';

function close(): void {
  openOverlay(null);
}

function Looking() {
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState<string | null>(null);
  const asked = useDeferredValue(text.trim());
  const { data } = useLive(`look-up/${asked}`, ['guidelines'], () => client.guidelines.search({ text: asked, limit: 30 }));
  const shown = useHeld(data) ?? [];
  const now = shown.find(({ guideline }) => guideline.id === pointed) ?? shown[0];
  const titleOf = useSourceTitle();
  // Two may share a number: ours, and one that a connection publishes.
  const isShared = (number: string): boolean => shown.filter(({ guideline }) => guideline.number === number).length > 1;
  return (
    <Dialog open onClose={close} title="Look up a guideline" size="large">
      <div className={css.looking}>
        <Picker
          label="Words, a number or a title"
          placeholder="Words, a number or a title"
          text={text}
          onText={setText}
          options={shown.map(({ guideline }) => ({ id: guideline.id, label: `${guideline.number} · ${guideline.title}`, detail: isShared(guideline.number) ? titleOf(guideline.connectionId) ?? 'ours' : undefined }))}
          onPoint={setPointed}
          onPick={(id) => { close(); if (!restOn(id)) navigate('guidelines', id); }}
          empty="No guideline has these words."
        />
        {now !== undefined && (
          <article className={css.reading}>
            <h2 dir="auto">{now.guideline.number} · {now.guideline.title}</h2>
            <Markdown text={now.guideline.body} />
            <ol className={css.ladder}>{now.guideline.ladder.map((step) => <li key={step.strikes}>{strikeWords(step.strikes)}: <strong>{stepWords(step)}</strong></li>)}</ol>
          </article>
        )}
      </div>
    </Dialog>
  );
}

/** The quick look-up: search as one types, read beside the list, Enter opens it in its place, Escape goes back to work. */
export function GuidelineLookUp() {
  const open = useDesk((state) => state.overlay === 'guidelines');
  return open ? <Looking /> : null;
}
