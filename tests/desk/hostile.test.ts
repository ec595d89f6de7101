import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDeskHost, until } from '../support/desk-host.ts';
import type { DeskHost } from '../support/desk-host.ts';

let host: DeskHost;

beforeAll(async () => { host = await startDeskHost(60); });
afterAll(async () => { await host.stop(); });

const RICH = [
  { t: 'p', c: [{ t: 'text', v: '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">' }] },
  { t: 'p', c: [{ t: 'link', href: 'javascript:window.hacked=3', c: [{ t: 'text', v: 'a prize' }] }] },
  { t: 'p', c: [{ t: 'link', href: 'https://evil.example/login?next=bank', c: [{ t: 'text', v: 'https://bank.example' }] }] },
  { t: 'p', c: [{ t: 'text', v: `\u202E${'ab'.repeat(400)}` }] },
];

/** What a hostile platform could have stored: the reported text becomes this one on its way to the desk. */
function hostileAnswers(text: string, rich: unknown): (page: Page) => Promise<void> {
  return async (page) => {
    await page.routeWebSocket(/\/socket$/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        const frame = typeof message === 'string' ? message : message.toString('utf8');
        socket.send(frame.includes('"contextAt"') ? frame.replace(/"text":"(?:[^"\\]|\\.)*","rich":(?:null|\[.*?\])(?=,"author")/, () => `"text":${JSON.stringify(text)},"rich":${JSON.stringify(rich)}`) : frame);
      });
    });
  };
}

describe('a hostile post', () => {
  test('is text as text: nothing runs, nothing loads, links show where they lead and ask first', async () => {
    const desk = await host.open(hostileAnswers('hostile', RICH));
    const loaded: string[] = [];
    desk.page.on('request', (request) => { if (!request.url().startsWith(host.served.origin)) loaded.push(request.url()); });
    const post = desk.page.getByRole('region', { name: 'What was reported' });
    await until(() => post.innerText(), (text) => text.includes('<script>window.hacked = 1</script>'));
    // A script: link is no link at all; the other says its real address beside its words.
    expect(await post.getByRole('button', { name: 'a prize' }).count()).toBe(0);
    expect(await post.innerText()).toContain('https://evil.example/login?next=bank');
    await desk.page.keyboard.down('Space');
    await post.getByRole('button', { name: 'https://bank.example' }).click();
    await desk.page.keyboard.up('Space');
    const question = desk.page.getByRole('dialog', { name: 'Open this outside Docket?' });
    expect(await question.getByText('evil.example', { exact: true }).count()).toBe(1);
    await desk.press('Escape');
    expect({ hacked: await desk.page.evaluate(() => Reflect.get(window, 'hacked')), loaded, pages: desk.page.context().pages().length }).toEqual({ hacked: undefined, loaded: [], pages: 1 });
    // No word is too long for the pane.
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await desk.close();
  });

  test('of a million characters is cut, and shown whole without freezing when asked for', async () => {
    const long = 'All work and no play. '.repeat(48_000);
    const desk = await host.open(hostileAnswers(long, null));
    const post = desk.page.getByRole('region', { name: 'What was reported' });
    const all = post.getByRole('button', { name: /^Show all [\d,]+ characters$/ });
    await desk.page.keyboard.down('Space');
    await all.waitFor();
    expect((await post.innerText()).length).toBeLessThan(6000);
    await all.click();
    await post.getByRole('button', { name: 'Show less' }).waitFor();
    await desk.page.keyboard.up('Space');
    await desk.press('j');
    expect(await desk.page.locator('[role=row][aria-current=true]').getAttribute('aria-rowindex')).toBe('2');
    await desk.close();
  });
});
