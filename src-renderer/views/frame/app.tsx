import { useEffect } from 'react';
import { useCommandContext } from '../../commands/contexts.ts';
import { useDesk } from '../../state/desk.ts';
import { useRoute } from '../../state/route.ts';
import { classes } from '../../ui/classes.ts';
import { Toasts } from '../../ui/toasts.tsx';
import { CaseFlow } from '../cases/case-flow.tsx';
import { SecretsDialog } from '../connections/secrets-dialog.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { useFirstRun } from '../first-run/first-run-state.ts';
import { LabelsDialog } from '../deciding/labels-dialog.tsx';
import { GuidelineLookUp } from '../guidelines/look-up.tsx';
import { HelpSheet } from '../help/help-sheet.tsx';
import { useNoStrayDrops } from '../imports/use-file-drop.ts';
import { OutboxPanel } from '../outbox/outbox-panel.tsx';
import { Palette } from '../palette/palette.tsx';
import { placeEntries } from '../places.ts';
import { BottomBar } from './bottom-bar.tsx';
import { Boundary } from './boundary.tsx';
import { useToastEscape } from './close-toast.ts';
import { useFrameCommands } from './frame-commands.ts';
import { useKeepFocus } from './keep-focus.ts';
import { LinkQuestion } from './link-question.tsx';
import { LostBanner } from './lost-banner.tsx';
import { SourceDialog } from '../queue/source-dialog.tsx';
import { Places } from './places-bar.tsx';
import { TopBar } from './top-bar.tsx';
import css from './app.module.css';

/** The whole desk: top bar, places, the present place, bottom bar, and what lies over them. */
export function App() {
  const { place, id } = useRoute((state) => state.now);
  const focusMode = useDesk((state) => state.focusMode) && place === 'queue';
  const firstRun = useFirstRun();
  const [queue] = placeEntries;
  const entry = placeEntries.find((known) => known.place === place) ?? queue;
  useFrameCommands();
  useKeepFocus();
  useToastEscape();
  useNoStrayDrops();
  useCommandContext(entry?.context ?? 'global', entry?.context !== null);
  useEffect(() => { document.title = entry === undefined || entry.place === 'queue' ? 'Docket' : `${entry.title} · Docket`; }, [entry]);
  if (entry === undefined) return null;
  if (firstRun) return <><FirstRun /><LostBanner /><SecretsDialog /><LinkQuestion /><Toasts /></>;
  const View = entry.view;
  return (
    <div className={classes(css.app, focusMode && css.focus)}>
      <TopBar />
      <Places current={entry.place} />
      <main className={css.place} aria-label={entry.title}>
        <Boundary key={entry.place}><View id={entry.place === place ? id : null} /></Boundary>
      </main>
      <BottomBar entry={entry} />
      <LostBanner />
      <Toasts />
      <LinkQuestion />
      <Palette />
      <HelpSheet />
      <OutboxPanel />
      <GuidelineLookUp />
      <LabelsDialog />
      <CaseFlow />
      <SourceDialog />
      <SecretsDialog />
    </div>
  );
}
