import { BrowserWindow, Notification } from 'electron';

/** Kept until they close, or their click would be collected with them. */
const shown = new Set<Notification>();

/** A quiet notification while no window of ours has the focus; a click brings the window up. */
export function notify(title: string, body: string, show: () => void): void {
  if (!Notification.isSupported() || BrowserWindow.getFocusedWindow() !== null) return;
  const notification = new Notification({ title, body, silent: true });
  shown.add(notification);
  notification.on('click', show);
  notification.on('close', () => shown.delete(notification));
  notification.show();
}
