import type { MediaView } from '../../../src-main/contract/content.ts';
import { useKey } from '../../commands/use-keys.ts';
import { useDesk } from '../../state/desk.ts';
import { useSettings } from '../../state/settings.ts';
import { Keys } from '../../ui/kbd.tsx';
import css from './media-list.module.css';

/** Media behind their veil: nothing is drawn, played or loaded until it is asked for, and then from the cache only. */
export function MediaList({ media }: { readonly media: readonly MediaView[] }) {
  if (media.length === 0) return null;
  return <ul className={css.list}>{media.map((medium, index) => <Medium key={medium.hash ?? `${index}${medium.mime}`} medium={medium} />)}</ul>;
}

function kindOf(mime: string): 'Image' | 'Video' | 'Sound' | 'File' {
  if (mime.startsWith('image/')) return 'Image';
  if (mime.startsWith('video/')) return 'Video';
  return mime.startsWith('audio/') ? 'Sound' : 'File';
}

function Medium({ medium }: { readonly medium: MediaView }) {
  const base = useSettings((state) => state.capabilities?.mediaBase);
  const veil = useSettings((state) => state.settings?.veilMedia ?? true);
  const revealed = useDesk((state) => state.revealed);
  const keys = useKey('look.reveal');
  const kind = kindOf(medium.mime);
  const source = base === undefined || medium.hash === null ? null : `${base}${medium.hash}`;
  const show = source !== null && (revealed || !veil);
  return (
    <li className={css.medium} title={medium.alt === '' ? undefined : medium.alt}>
      {show && kind === 'Image' && <img src={source} alt={medium.alt} />}
      {show && kind === 'Video' && <video src={source} controls muted preload="metadata" aria-label={medium.alt} />}
      {show && kind === 'Sound' && <audio src={source} controls preload="none" aria-label={medium.alt} />}
      {!show && (
        <p className={css.veil} onPointerDown={() => useDesk.setState({ revealed: true })} onPointerUp={() => useDesk.setState({ revealed: false })} onPointerLeave={() => useDesk.setState({ revealed: false })}>
          {source === null ? `${kind} not fetched yet` : <>{kind} hidden · hold {keys !== undefined && <Keys chord={keys} />} to look</>}
        </p>
      )}
      {medium.alt !== '' && <p className={css.alt} dir="auto">{medium.alt}</p>}
    </li>
  );
}
