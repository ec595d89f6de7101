import type { ConnectionView } from '../../../src-main/contract/setup.ts';
import { navigate } from '../../state/route.ts';
import { sourceName } from '../../state/source-words.ts';
import { HueDot } from '../../ui/badge.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { stateWords } from '../connections/health-words.ts';
import { showItemsOf } from '../queue/source-dialog.tsx';
import css from './palette.module.css';

const ITEMS = 'items-of/';
const PAGE = 'connection/';

/** Connections by their names: the items of each in the queue, and its page. */
export function sourceOptions(connections: readonly ConnectionView[], typed: string): readonly PickerOption[] {
  const wanted = typed.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  const found = connections.filter(({ title, instance, platformTitle }) => `${title} ${instance} ${platformTitle}`.toLocaleLowerCase().includes(wanted));
  return found.flatMap((connection) => {
    const label = <span className={css.source}><HueDot hue={connection.hue} /><bdi>{sourceName(connection)}</bdi></span>;
    return [
      { id: `${ITEMS}${connection.id}`, label, detail: `Items · ${connection.health.open.toLocaleString()} open` },
      { id: `${PAGE}${connection.id}`, label, detail: `Connection · ${stateWords(connection.health).words}` },
    ];
  });
}

/** Goes to what was picked of them; false where it is something else. */
export function goToSource(picked: string): boolean {
  if (picked.startsWith(ITEMS)) showItemsOf([picked.slice(ITEMS.length)]);
  else if (picked.startsWith(PAGE)) navigate('connections', picked.slice(PAGE.length));
  else return false;
  return true;
}
