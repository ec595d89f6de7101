import { useAskedLink } from '../../state/links.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import css from './link-question.module.css';

function close(): void {
  useAskedLink.setState({ href: null });
}

/** Asks before a link of someone else's making opens outside, showing where it really leads. */
export function LinkQuestion() {
  const href = useAskedLink((state) => state.href);
  const url = href !== null && URL.canParse(href) ? new URL(href) : null;
  return (
    <Dialog
      open={url !== null}
      onClose={close}
      title="Open this outside Docket?"
      said="The page it leads to will see that someone came."
      actions={(
        <>
          <Button onClick={close}>Stay here</Button>
          <Button look="main" onClick={() => { window.open(url?.href, '_blank', 'noopener,noreferrer'); close(); }}>Open outside</Button>
        </>
      )}
    >
      {url !== null && (
        <p className={css.address} dir="ltr">
          {url.protocol}{'//'}<strong>{url.host}</strong>{url.pathname}{url.search}{url.hash}
        </p>
      )}
    </Dialog>
  );
}
