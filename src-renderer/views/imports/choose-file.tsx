import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useCommands } from '../../commands/handlers.ts';
import { useKey } from '../../commands/use-keys.ts';
import { classes } from '../../ui/classes.ts';
import { Button } from '../../ui/button.tsx';
import css from './import-page.module.css';

/** What a file's name may end with; others can be chosen all the same. */
const ENDINGS = '.csv,.tsv,.txt,.jsonl,.ndjson,.json';

/** The system's own question for a file, as a command and a button can open it. */
function useFileQuestion(onFile: (file: File) => void): { readonly open: () => void; readonly input: ReactNode } {
  const box: RefObject<HTMLInputElement | null> = useRef(null);
  return {
    open: () => box.current?.click(),
    input: (
      <input
        ref={box}
        type="file"
        accept={ENDINGS}
        className="quiet"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file may be chosen again.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    ),
  };
}

/** A place to drop a file on, with the button that asks for one. */
export function ChooseFile({ over, onFile, title, children }: { readonly over: boolean; readonly onFile: (file: File) => void; readonly title: string; readonly children?: ReactNode }) {
  const { open, input } = useFileQuestion(onFile);
  const keys = useKey('import.file');
  useCommands({ 'import.file': open });
  return (
    <div className={classes(css.choose, over && css.over)} data-focus-home tabIndex={-1}>
      <FileUp aria-hidden="true" />
      <p className={css.title}>{over ? 'Let go to read this file' : title}</p>
      <p className={css.said}>CSV, JSON Lines or JSON. It is read on this machine and sent nowhere; nothing enters the queue before you have seen how it is read.</p>
      <Button look="main" autoFocus keys={keys} onClick={open}>Choose a file</Button>
      {input}
      {children}
    </div>
  );
}
