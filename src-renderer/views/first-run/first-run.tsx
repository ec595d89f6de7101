import { ArrowRight, PlugZap, Sailboat } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { useLayer } from '../../commands/contexts.ts';
import { changeSettings, useSettings } from '../../state/settings.ts';
import { useDraft } from '../../state/drafts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { TextBox } from '../../ui/field.tsx';
import { navigate } from '../../state/route.ts';
import { AddDialog } from '../connections/dialogs.tsx';
import { addSample } from '../connections/sample.ts';
import { importRoute } from '../imports/import-route.ts';
import { leaveFirstRun } from './first-run-state.ts';
import { noteNameAsked } from './name-hint.ts';
import css from './first-run.module.css';

type ChoiceProps = {
  readonly number: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly said: string;
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onPick: () => void;
};

function Choice({ number, icon: Icon, title, said, busy = false, ref, onPick }: ChoiceProps) {
  return (
    <button type="button" ref={ref} className={css.choice} aria-busy={busy} data-choice onClick={onPick}>
      <Icon aria-hidden="true" className={css.icon} />
      <span className={css.words}><strong>{title}</strong><span>{said}</span></span>
      <Kbd>{number}</Kbd>
      <ArrowRight aria-hidden="true" className={css.arrow} />
    </button>
  );
}

/** The very first screen: a name for the log, then the sample community or a platform. Name, Enter, Enter is enough. */
export function FirstRun() {
  const standing = useSettings((state) => state.settings?.actor ?? '');
  const { text, change, drop } = useDraft('first-run/name');
  useLayer(true);
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const sample = useRef<HTMLButtonElement>(null);

  async function sign(): Promise<void> {
    const actor = text.trim();
    noteNameAsked();
    if (actor !== '' && actor !== standing) await changeSettings({ actor }, 'key');
    drop();
  }
  async function trySample(): Promise<void> {
    if (busy) return;
    setBusy(true);
    await sign();
    if (!await addSample('key')) setBusy(false);
  }
  async function connect(): Promise<void> {
    await sign();
    setAdding(true);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (adding || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof HTMLInputElement;
    const choices = [...page.current?.querySelectorAll<HTMLElement>('[data-choice]') ?? []];
    const at = choices.findIndex((choice) => choice === document.activeElement);
    if (event.key === 'ArrowDown' || (!typing && event.key === 'j')) choices[Math.min(at + 1, choices.length - 1)]?.focus();
    else if (event.key === 'ArrowUp' || (!typing && event.key === 'k')) choices[Math.max(at - 1, 0)]?.focus();
    else if (typing && event.key === 'Enter') sample.current?.focus();
    else if (!typing && event.key === '1') void trySample();
    else if (!typing && event.key === '2') void connect();
    else if (event.key === 'Escape') leaveFirstRun();
    else return;
    event.preventDefault();
  }

  // On the window: wherever the focus went when a dialog closed, the keys of this screen work.
  const latest = useRef(onKeyDown);
  useEffect(() => { latest.current = onKeyDown; });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => latest.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <main className={css.page} ref={page} aria-label="Welcome">
      <div className={css.middle}>
        <header className={css.head}>
          <h1>Docket</h1>
          <p>One queue for every place your community lives, worked from the keyboard.</p>
        </header>
        <label className={css.name}>
          <span>Your name</span>
          <TextBox autoFocus maxLength={80} placeholder={standing} value={text} onChange={(event) => change(event.target.value)} />
          <small>It signs what you decide, on this machine and in the history. <Kbd>↵</Kbd> goes on.</small>
        </label>
        <div className={css.choices}>
          <Choice ref={sample} number="1" icon={Sailboat} title="Try the sample community" said="An invented harbour town with reports of every kind. Nothing leaves this machine." busy={busy} onPick={() => { void trySample(); }} />
          <Choice number="2" icon={PlugZap} title="Connect a platform" said="Bring in the reports of a real community, with your own moderator account." onPick={() => { void connect(); }} />
        </div>
        <p className={css.aside}><Kbd>Esc</Kbd> looks around first.</p>
      </div>
      {adding && <AddDialog onClose={() => setAdding(false)} onImport={() => { leaveFirstRun(); navigate('connections', importRoute({ upload: null, connection: null })); }} />}
    </main>
  );
}
