import type { GuidelineDraft, GuidelineView } from '../../../src-main/contract/work.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { useCommands } from '../../commands/handlers.ts';
import { toast } from '../../state/toasts.ts';
import { EditorView } from './editor-view.tsx';
import { useEditor } from './use-editor.ts';

type EditingPlaceProps = {
  readonly first: GuidelineDraft;
  readonly standing: GuidelineView | undefined;
  /** The pen is put down; with what was published, if anything was. */
  readonly onClose: (published: GuidelineView | null) => void;
};

/** The place while a guideline is under the pen: Mod+Enter publishes, Escape keeps the draft and closes. */
export function EditingPlace({ first, standing, onClose }: EditingPlaceProps) {
  const editor = useEditor(first, standing);
  async function publish(source: Source, over = false): Promise<void> {
    const published = await editor.publish(source, over);
    if (published === null) return;
    toast({ tone: 'done', text: `${published.number} ${published.title}: version ${published.version} is in force` });
    onClose(published);
  }
  useCommands({
    'guideline.publish': (source) => { void publish(source); },
    'app.cancel': () => onClose(null),
  });
  return (
    <EditorView
      editor={editor}
      onPublish={(over) => { void publish('pointer', over); }}
      onClose={() => onClose(null)}
      onDiscard={() => { editor.drop(); onClose(null); }}
    />
  );
}
